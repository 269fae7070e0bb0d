using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Client;

/// <summary>One enumeration of a request's responses.</summary>
/// <param name="sender">Sends it.</param>
/// <param name="request">What is sent.</param>
/// <param name="stopping">Ends the stream.</param>
/// <param name="callersToken">The part of <paramref name="stopping"/> that is the caller's.</param>
internal sealed class ResponseStream(
    RequestSender sender, PluginRequest request, CancellationToken stopping, CancellationToken callersToken)
    : IAsyncDisposable
{
    private readonly PluginRequest _additions = WithIds(request);
    private RequestExchange? _exchange;
    private ClientCall? _call;
    private bool _hasEnded;

    /// <summary>The next response; null after the last one.</summary>
    public async ValueTask<PluginResponse?> NextAsync()
    {
        if (_hasEnded)
        {
            return null;
        }

        try
        {
            _exchange ??= await StartAsync().ConfigureAwait(false);
            return await ReadAsync(_exchange).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            End(call => call.Fail(exception));
            if (exception is OperationCanceledException canceled)
            {
                throw RequestSender.CanceledBy(canceled, callersToken);
            }

            // What failed has nothing left to cancel.
            _hasEnded = true;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_exchange is null)
        {
            return;
        }

        if (!_hasEnded)
        {
            End(static call => call.Leave());
            if (request.RequestCase == PluginRequest.RequestOneofCase.StreamStart)
            {
                // Not waited for: where the peer grants no more streams that could take a while.
                _ = sender.CancelStreamAsync(StreamId);
            }

            _exchange.Abort();
        }

        await _exchange.DisposeAsync().ConfigureAwait(false);
    }

    private string StreamId =>
        request.StreamStart.StreamId.Length > 0 ? request.StreamStart.StreamId : _additions.StreamStart.StreamId;

    private static PluginRequest WithIds(PluginRequest request)
    {
        PluginRequest additions = RequestSender.WithId(request);
        if (request.StreamStart is { StreamId.Length: 0 })
        {
            additions.StreamStart = new StreamStart { StreamId = RequestSender.NewId() };
        }

        return additions;
    }

    private Task<RequestExchange> StartAsync()
    {
        var call = ClientCall.Start(request, _additions.RequestId, sender.Address);
        _call = call;
        RequestSender.AddTraceParent(_additions, request, call.TraceParent);
        return sender.OpenAsync(_additions, request, stopping);
    }

    private async ValueTask<PluginResponse?> ReadAsync(RequestExchange exchange)
    {
        PluginResponse? response = await exchange.ReadAsync(stopping).ConfigureAwait(false);
        bool isStream = request.RequestCase == PluginRequest.RequestOneofCase.StreamStart;
        if (response is null)
        {
            _hasEnded = true;
            return isStream ? throw exchange.Failed("the peer closed the stream before its stream_end") : null;
        }

        // Anything but a chunk is the last one: a peer that knows no streams answers as if it were a call.
        _hasEnded = isStream && response.ResponseCase != PluginResponse.ResponseOneofCase.StreamChunk;
        if (_hasEnded || !isStream)
        {
            End(call => call.End(response));
        }

        return response;
    }

    private void End(Action<ClientCall> how)
    {
        if (_call is { } call)
        {
            _call = null;
            how(call);
        }
    }
}
