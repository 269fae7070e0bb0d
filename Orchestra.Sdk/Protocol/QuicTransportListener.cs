using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Protocol;

/// <summary>Accepts QUIC connections of peers that have a certificate of the same authority.</summary>
internal sealed class QuicTransportListener : TransportListener
{
    private readonly QuicListener _listener;

    private QuicTransportListener(QuicListener listener) => _listener = listener;

    public override IPEndPoint LocalEndPoint => _listener.LocalEndPoint;

    public override Task AddressFreed => _listener.Endpoint.Ended;

    /// <exception cref="FormatException">The address is no <c>host:port</c>.</exception>
    /// <exception cref="IOException">The address is not this machine's, or in use.</exception>
    public static async ValueTask<QuicTransportListener> BindAsync(
        string address,
        PluginCertificate certificate,
        int maxConnections,
        Action<Exception> onFault,
        CancellationToken cancellationToken)
    {
        IPEndPoint endPoint = await NetworkAddress.Parse(address)
            .ResolveForListeningAsync(cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return new QuicTransportListener(await QuicListener.ListenAsync(new QuicListenerOptions
            {
                ListenEndPoint = endPoint,
                Connection = QuicSettings.ForServer(certificate, endPoint),
                MaxConnections = maxConnections,
                OnFault = onFault,
            }).ConfigureAwait(false));
        }
        catch (SocketException exception)
        {
            throw new IOException($"cannot listen on {address}: {SocketErrors.Describe(exception)}", exception);
        }
    }

    public override async ValueTask<TransportConnection> AcceptAsync(CancellationToken cancellationToken) =>
        new QuicTransportConnection(await _listener.AcceptConnectionAsync(cancellationToken).ConfigureAwait(false));

    public override ValueTask DisposeAsync() => _listener.DisposeAsync();
}
