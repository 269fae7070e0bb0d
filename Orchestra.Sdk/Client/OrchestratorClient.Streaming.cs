using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Requests that have several responses.</summary>
public sealed partial class OrchestratorClient
{
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
        return _sender.StreamAsync(request, cancellationToken);
    }
}
