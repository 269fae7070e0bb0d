using Org.BouncyCastle.Crypto;

namespace Orchestra.Sdk.Quic.Tls;

/// <summary>Who an endpoint is: its certificate and the key that proves it.</summary>
internal sealed class TlsIdentity
{
    /// <summary>The certificate and the intermediates above it, DER, leaf first.</summary>
    public required byte[][] CertificateChain { get; init; }

    /// <summary>The leaf's private key: Ed25519, or ECDSA on P-256.</summary>
    public required AsymmetricKeyParameter PrivateKey { get; init; }
}
