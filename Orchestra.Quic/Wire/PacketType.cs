namespace Orchestra.Quic.Wire;

/// <summary>RFC 9000 §17.</summary>
internal enum PacketType
{
    Initial,
    ZeroRtt,
    Handshake,
    Retry,
    VersionNegotiation,
    OneRtt,
}
