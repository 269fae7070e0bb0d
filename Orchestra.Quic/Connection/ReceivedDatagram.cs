using System.Net;

namespace Orchestra.Quic.Connection;

/// <summary>A datagram as it came. Its packets are decrypted in place.</summary>
/// <param name="bytes">Its content.</param>
/// <param name="remote">Where it came from. It is copied where it is kept.</param>
/// <param name="ecn">The two ECN bits of its IP header; 0 where they are not known.</param>
/// <param name="now">The time.</param>
internal readonly ref struct ReceivedDatagram(Span<byte> bytes, SocketAddress remote, int ecn, long now)
{
    public Span<byte> Bytes { get; } = bytes;

    public SocketAddress Remote { get; } = remote;

    public int Ecn { get; } = ecn;

    public long Now { get; } = now;
}
