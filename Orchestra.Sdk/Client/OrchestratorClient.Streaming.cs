using System.Runtime.CompilerServices;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Client;

/// <summary>Requests that have several responses.</summary>
public sealed partial class OrchestratorClient
{
    /// <summary>How long it is tried to tell a peer that a stream is not wanted any more; it sees a reset anyway.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sends a request and reads its responses as they come. The peer sends no faster than they are taken. Leaving the loop early, by
    /// a <c>break</c>, an exception or the token, cancels the stream at the peer.
    /// </summary>
    /// <param name="request">
    /// The request, usually a <c>stream_start</c>; one without an id, or a stream id, is sent with a new UUIDv7, and is itself left as
    /// it is. It is sent when the first response is asked for.
    /// </param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The responses: for a <c>stream_start</c> any number of <c>stream_chunk</c>, then one <c>stream_end</c>.</returns>
    /// <exception cref="OrchestratorException">The exchange failed, or ended without a <c>stream_end</c>.</exception>
    /// <exception cref="MessageFramingException">The request is larger than 16 MiB.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The client is, or was meanwhile, disposed of.</exception>
    public IAsyncEnumerable<PluginResponse> SendStreamAsync(PluginRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return StreamAsync(request, cancellationToken);
    }

    private async IAsyncEnumerable<PluginResponse> StreamAsync(
        PluginRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        var stream = new ResponseStream(this, request, linked.Token, cancellationToken);
        await using ConfiguredAsyncDisposable closing = stream.ConfigureAwait(false);
        while (await stream.NextAsync().ConfigureAwait(false) is { } response)
        {
            yield return response;
        }
    }

    /// <summary>
    /// Cancels on a stream of its own: the end of the call's own stream went with its request. It may come too late or be lost, which
    /// does not matter: the stream that it belongs to is reset too.
    /// </summary>
    private async Task CancelStreamAsync(string streamId)
    {
        using var deadline = new CancellationTokenSource(CancelTimeout, _options.TimeProvider);
        var request = new PluginRequest { StreamCancel = new StreamCancel { StreamId = streamId } };
        try
        {
            RequestExchange exchange = await RequestExchange
                .SendAsync(_transport, Address, WithId(request), request, deadline.Token)
                .ConfigureAwait(false);
            await exchange.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Then the peer is gone, and the stream with it.
        }
    }

    /// <summary>One enumeration of a request's responses.</summary>
    /// <param name="client">Who sends it.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="stopping">Ends the stream.</param>
    /// <param name="callersToken">The part of <paramref name="stopping"/> that is the caller's.</param>
    private sealed class ResponseStream(
        OrchestratorClient client, PluginRequest request, CancellationToken stopping, CancellationToken callersToken)
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
                    throw CanceledBy(canceled, callersToken);
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
                    _ = client.CancelStreamAsync(StreamId);
                }

                _exchange.Abort();
            }

            await _exchange.DisposeAsync().ConfigureAwait(false);
        }

        private string StreamId =>
            request.StreamStart.StreamId.Length > 0 ? request.StreamStart.StreamId : _additions.StreamStart.StreamId;

        private static PluginRequest WithIds(PluginRequest request)
        {
            PluginRequest additions = WithId(request);
            if (request.StreamStart is { StreamId.Length: 0 })
            {
                additions.StreamStart = new StreamStart { StreamId = NewId() };
            }

            return additions;
        }

        private Task<RequestExchange> StartAsync()
        {
            var call = ClientCall.Start(request, _additions.RequestId, client.Address);
            _call = call;
            AddTraceParent(_additions, request, call.TraceParent);
            return RequestExchange.SendAsync(client._transport, client.Address, _additions, request, stopping);
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
}
