using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;

namespace Orchestra.Quic.Connection;

/// <summary>A packet number space, RFC 9000 §12.3: what was sent and received in it, its handshake data and its keys.</summary>
internal sealed class PacketSpace(SentSpace sent, long maxAckDelay)
{
    public PacketNumberSpace Id => Sent.Id;

    /// <summary>The level of its handshake data.</summary>
    public EncryptionLevel Level => (EncryptionLevel)Id;

    public bool IsApplication => Id == PacketNumberSpace.Application;

    public SentSpace Sent { get; } = sent;

    public ReceivedPackets Received { get; } = new(maxAckDelay);

    public CryptoStream Crypto { get; } = new();

    /// <summary>Null before there are any, and when they are gone.</summary>
    public SpaceKeys? Keys { get; private set; }

    public void InstallKeys(SpaceKeys keys)
    {
        DiscardKeys();
        Keys = keys;
    }

    public void DiscardKeys()
    {
        Keys?.Dispose();
        Keys = null;
    }

    /// <summary>The space is over, RFC 9001 §4.9. What was sent in it is for recovery to forget.</summary>
    public void Discard()
    {
        DiscardKeys();
        Crypto.Clear();
        Received.OnAckSent();
    }
}
