using System.Net;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Protocol;

/// <summary>Accepts QUIC connections of peers that have a certificate of the same authority.</summary>
internal sealed class QuicTransportListener : TransportListener
{
    private readonly QuicListener _listener;

    private QuicTransportListener(QuicListener listener) => _listener = listener;

    public override IPEndPoint LocalEndPoint => _listener.LocalEndPoint;

    public override bool LimitsConnections => true;

    public override Task AddressFreed => _listener.Endpoint.Ended;

    /// <exception cref="FormatException">The address is no <c>host:port</c>.</exception>
    /// <exception cref="IOException">The address is not this machine's, or in use.</exception>
    public static async ValueTask<QuicTransportListener> BindAsync(
        string address,
        PluginCertificate certificate,
        int maxConnections,
        TimeSpan answerTimeout,
        Action<Exception> onFault,
        Action onCertificateRefused,
        CancellationToken cancellationToken)
    {
        ValueTask<QuicListener> listening = await NetworkAddress.Parse(address)
            .ListenAsync(
                endPoint => QuicListener.ListenAsync(new QuicListenerOptions
                {
                    ListenEndPoint = endPoint,
                    Connection = QuicSettings.ForServer(certificate, endPoint, answerTimeout),
                    MaxConnections = maxConnections,
                    NamePeer = Protocol.PeerName.OfConnection,
                    OnFault = onFault,
                    OnCertificateRefused = onCertificateRefused,
                }),
                cancellationToken)
            .ConfigureAwait(false);
        return new QuicTransportListener(await listening.ConfigureAwait(false));
    }

    public override async ValueTask<TransportConnection> AcceptAsync(CancellationToken cancellationToken) =>
        new QuicTransportConnection(await _listener.AcceptConnectionAsync(cancellationToken).ConfigureAwait(false));

    public override ValueTask DisposeAsync() => _listener.DisposeAsync();
}
