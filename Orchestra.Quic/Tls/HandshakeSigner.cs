using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>Proves an identity: presents its certificates and signs what was said so far.</summary>
internal sealed class HandshakeSigner(TlsIdentity identity) : TlsCredentialedSigner, TlsStreamSigner
{
    /// <inheritdoc/>
    public Certificate Certificate { get; } = new(
        [], [.. identity.ParsedChain.Select(certificate => new CertificateEntry(certificate, extensions: null))]);

    /// <inheritdoc/>
    public SignatureAndHashAlgorithm SignatureAndHashAlgorithm { get; } = SignatureSchemes.Find(identity.PrivateKey.SignatureScheme);

    /// <inheritdoc/>
    public Stream Stream { get; } = new MemoryStream();

    /// <inheritdoc/>
    public TlsStreamSigner GetStreamSigner() => this;

    /// <inheritdoc/>
    public byte[] GetSignature() => identity.PrivateKey.Sign(((MemoryStream)Stream).ToArray());

    // Of older versions of TLS.
    /// <inheritdoc/>
    public byte[] GenerateRawSignature(byte[] hash) => throw new NotSupportedException();
}
