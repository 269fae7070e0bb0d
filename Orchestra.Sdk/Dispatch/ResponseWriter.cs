using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Sends the responses to one request as messages of the protocol.</summary>
internal sealed class ResponseWriter(Exchange exchange, PluginEnvironment environment) : IResponseSink
{
    /// <summary>
    /// A peer gets the time anew for each so many bytes: one that reads slowly lives, one that does not read at all is cut off. What is
    /// smaller does not count as bytes in flight.
    /// </summary>
    private const int SliceSize = 64 * 1024;

    private readonly PluginServerOptions _options = environment.Options;

    /// <summary>True once this direction of the exchange has ended.</summary>
    public bool Completed { get; private set; }

    /// <inheritdoc/>
    /// <remarks>The end of the stream goes with the last one.</remarks>
    public async ValueTask WriteAsync(PluginResponse response, bool last)
    {
        using PooledBuffer frame = MessageWriter.Encode(response);
        int counted = frame.Memory.Length > SliceSize ? frame.Memory.Length : 0;
        if (!environment.Bytes.TryTake(counted))
        {
            throw new OverloadedException([]);
        }

        try
        {
            await SendAsync(frame.Memory, last).ConfigureAwait(false);
        }
        finally
        {
            environment.Bytes.Release(counted);
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteEncodedAsync(string requestId, int fieldNumber, EncodedMessage content) =>
        SendOwnedAsync(MessageWriter.Encode(new PluginResponse { RequestId = requestId }, fieldNumber, content));

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
        using var deadline = new CancellationTokenSource(_options.ResponseTimeout, _options.TimeProvider);
        try
        {
            while (frame.Length > SliceSize)
            {
                await exchange.WriteAsync(frame[..SliceSize], completeWrites: false, deadline.Token).ConfigureAwait(false);
                Instruments.Sent(SliceSize);
                frame = frame[SliceSize..];
                deadline.CancelAfter(_options.ResponseTimeout);
            }

            await exchange.WriteAsync(frame, last, deadline.Token).ConfigureAwait(false);
            Instruments.Sent(frame.Length);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException("the peer does not read its response", exception);
        }

        Completed = last;
    }
}
