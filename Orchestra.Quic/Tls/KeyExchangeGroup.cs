namespace Orchestra.Quic.Tls;

/// <summary>The key exchanges that are offered and accepted, by their code points.</summary>
internal enum KeyExchangeGroup
{
    /// <summary>ECDH on P-256.</summary>
    Secp256R1 = 0x0017,

    /// <summary>X25519.</summary>
    X25519 = 0x001d,

    /// <summary>X25519 with ML-KEM-768, which stays secret should X25519 fall to a quantum computer.</summary>
    X25519MlKem768 = 0x11ec,
}
