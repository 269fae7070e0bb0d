namespace Orchestra.Quic.Wire;

/// <summary>Packet numbers that follow one another, both ends included.</summary>
internal readonly record struct PacketRange(long Smallest, long Largest);
