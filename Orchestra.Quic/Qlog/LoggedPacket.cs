using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Qlog;

/// <summary>A packet as a log tells of it.</summary>
internal readonly ref struct LoggedPacket
{
    public required PacketNumberSpace Space { get; init; }

    public required long Number { get; init; }

    public required ConnectionId Destination { get; init; }

    /// <summary>That of a short header is empty.</summary>
    public ConnectionId Source { get; init; }

    /// <summary>As it travels.</summary>
    public required int Length { get; init; }

    /// <summary>Its frames, not encrypted.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>By which its acknowledgments tell their delay.</summary>
    public required int AckDelayExponent { get; init; }
}
