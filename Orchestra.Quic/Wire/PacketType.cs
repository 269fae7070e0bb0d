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

    /// <summary>A long header packet of a version that is not ours.</summary>
    UnknownVersion,
}
