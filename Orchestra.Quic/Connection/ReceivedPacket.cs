using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>A packet that is authentic and came for the first time.</summary>
/// <param name="space">Its packet number space.</param>
/// <param name="number">Its number.</param>
/// <param name="destination">The id of ours that it came to.</param>
/// <param name="payload">Its frames.</param>
internal readonly ref struct ReceivedPacket(PacketSpace space, long number, ConnectionId destination, ReadOnlySpan<byte> payload)
{
    public PacketSpace Space { get; } = space;

    public long Number { get; } = number;

    public ConnectionId Destination { get; } = destination;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
