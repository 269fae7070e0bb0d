namespace Orchestra.Quic.Tls;

/// <summary>The levels at which CRYPTO data travels (RFC 9001 §4.1.4; 0-RTT carries none).</summary>
internal enum EncryptionLevel
{
    /// <summary>Initial packets: the hellos.</summary>
    Initial,

    /// <summary>Handshake packets: certificates and Finished.</summary>
    Handshake,

    /// <summary>1-RTT packets: session tickets.</summary>
    Application,
}
