namespace Orchestra.Quic.Recovery;

/// <summary>The packet number spaces, RFC 9000 §12.3; each has its level of keys, RFC 9001 §4.</summary>
internal enum PacketNumberSpace
{
    Initial,
    Handshake,

    /// <summary>1-RTT packets.</summary>
    Application,
}
