using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Sends the responses to one request.</summary>
internal sealed class ResponseWriter(Exchange exchange, PluginServerOptions options)
{
    /// <summary>True once this direction of the exchange has ended.</summary>
    public bool Completed { get; private set; }

    /// <summary>Sends a response; with <paramref name="last"/> the end of the stream goes with it.</summary>
    /// <exception cref="MessageFramingException">It is too large; nothing was sent.</exception>
    public async ValueTask WriteAsync(PluginResponse response, bool last)
    {
        using PooledBuffer frame = FrameEncoder.Encode(response);
        await SendAsync(frame.Memory, last).ConfigureAwait(false);
    }

    /// <summary>Sends, as the last one, a response whose content is an encoded constant.</summary>
    /// <exception cref="MessageFramingException">It is too large; nothing was sent.</exception>
    public ValueTask WriteEncodedAsync(string requestId, int fieldNumber, EncodedMessage content) =>
        SendOwnedAsync(FrameEncoder.Encode(new PluginResponse { RequestId = requestId }, fieldNumber, content));

    /// <summary>Ends this direction if no response has.</summary>
    public ValueTask CompleteAsync() => Completed ? ValueTask.CompletedTask : SendAsync(ReadOnlyMemory<byte>.Empty, last: true);

    private async ValueTask SendOwnedAsync(PooledBuffer frame)
    {
        using (frame)
        {
            await SendAsync(frame.Memory, last: true).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame, bool last)
    {
        using var deadline = new CancellationTokenSource(options.ResponseTimeout, options.TimeProvider);
        try
        {
            await exchange.WriteAsync(frame, last, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException("the peer does not read its response", exception);
        }

        Completed = last;
    }
}
