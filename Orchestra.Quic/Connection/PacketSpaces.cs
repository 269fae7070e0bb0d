using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;

namespace Orchestra.Quic.Connection;

/// <summary>The three packet number spaces of a connection.</summary>
internal sealed class PacketSpaces
{
    private readonly PacketSpace[] _all;

    public PacketSpaces(SentSpaces sent) => _all =
    [
        new PacketSpace(sent[PacketNumberSpace.Initial], maxAckDelay: 0),
        new PacketSpace(sent[PacketNumberSpace.Handshake], maxAckDelay: 0),
        new PacketSpace(sent[PacketNumberSpace.Application], ReceivedPackets.MaxAckDelay),
    ];

    public ReadOnlySpan<PacketSpace> All => _all;

    public PacketSpace Initial => _all[0];

    public PacketSpace Handshake => _all[1];

    public PacketSpace Application => _all[2];

    public PacketSpace this[PacketNumberSpace space] => _all[(int)space];

    public PacketSpace this[EncryptionLevel level] => _all[(int)level];

    public bool HasPendingCrypto => Initial.Crypto.HasPending || Handshake.Crypto.HasPending || Application.Crypto.HasPending;

    /// <summary>When an acknowledgment must go out at the latest.</summary>
    public long AckDeadline => Math.Min(
        Math.Min(Initial.Received.AckDeadline, Handshake.Received.AckDeadline), Application.Received.AckDeadline);
}
