using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Protocol;

/// <summary>An accepted QUIC connection: each stream that the peer opens is an exchange.</summary>
internal sealed class QuicTransportConnection(QuicConnection connection) : TransportConnection
{
    private const long NoErrorCode = 0;

    public override string? PeerName => Protocol.PeerName.Of(connection.RemoteCertificate);

    public override string? PeerId => connection.Peer;

    public override void HandOver(Action<Exchange> take) => connection.HandOverInbound(stream => take(new QuicExchange(stream)));

    public override async ValueTask<Exchange?> AcceptExchangeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new QuicExchange(await connection.AcceptInboundStreamAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (QuicException exception) when (exception.ApplicationErrorCode == NoErrorCode)
        {
            // The peer is done.
            return null;
        }
    }

    public override void Abort() => connection.Close(NoErrorCode);

    /// <summary>Lets the peer have the answers that are on their way, then closes.</summary>
    public override async ValueTask DisposeAsync()
    {
        await connection.WhenDeliveredAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
