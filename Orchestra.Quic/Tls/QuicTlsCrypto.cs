using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;

namespace Orchestra.Quic.Tls;

/// <summary>
/// The cryptography that the handshake needs, and no more: BouncyCastle's own set would bring all its algorithms into the
/// published binary. Record ciphers are replaced by a report of the secrets: QUIC protects packets itself.
/// </summary>
internal sealed class QuicTlsCrypto(HandshakeContext context) : AbstractTlsCrypto, TlsNonceGenerator
{
    /// <inheritdoc/>
    public override SecureRandom SecureRandom => SystemSecureRandom.Instance;

    /// <summary>Makes a secret of bytes that are the secret's from now on.</summary>
    /// <param name="data">The bytes.</param>
    /// <returns>The secret.</returns>
    public TlsSecret AdoptData(byte[] data) => new HkdfSecret(this, data);

    /// <inheritdoc/>
    public override TlsSecret CreateSecret(byte[] data) => AdoptData([.. data]);

    /// <inheritdoc/>
    public override TlsSecret CreateHybridSecret(TlsSecret s1, TlsSecret s2)
    {
        byte[] first = s1.Extract(), second = s2.Extract();
        var secret = AdoptData([.. first, .. second]);
        CryptographicOperations.ZeroMemory(first);
        CryptographicOperations.ZeroMemory(second);
        return secret;
    }

    /// <inheritdoc/>
    public override TlsSecret HkdfInit(int cryptoHashAlgorithm) =>
        AdoptData(new byte[TlsCryptoUtilities.GetHashOutputSize(cryptoHashAlgorithm)]);

    /// <inheritdoc/>
    public override TlsHash CreateHash(int cryptoHashAlgorithm) => new TranscriptHash(cryptoHashAlgorithm);

    /// <inheritdoc/>
    public override TlsCertificate CreateCertificate(short type, byte[] encoding) => context.ReadPeerCertificate(encoding);

    /// <inheritdoc/>
    public override TlsCipher CreateCipher(TlsCryptoParameters cryptoParams, int encryptionAlgorithm, int macAlgorithm)
    {
        context.InstallSecrets(this, cryptoParams.SecurityParameters);
        return new PassThroughCipher();
    }

    /// <inheritdoc/>
    public override TlsECDomain CreateECDomain(TlsECConfig ecConfig) =>
        ecConfig.NamedGroup == NamedGroup.x25519 ? new X25519Agreement(this) : new P256Agreement(this);

    /// <inheritdoc/>
    public override TlsKemDomain CreateKemDomain(TlsKemConfig kemConfig) => new MlKem768Agreement(this, kemConfig.IsServer);

    /// <inheritdoc/>
    public override TlsNonceGenerator CreateNonceGenerator(byte[] additionalSeedMaterial) => this;

    /// <inheritdoc/>
    public override TlsNonceGenerator CreateNonceGenerator(ReadOnlySpan<byte> additionalSeedMaterial) => this;

    byte[] TlsNonceGenerator.GenerateNonce(int size) => SystemRandom.GetBytes(size);

    /// <inheritdoc/>
    public override bool HasNamedGroup(int namedGroup) =>
        namedGroup is NamedGroup.x25519 or NamedGroup.secp256r1 or NamedGroup.MLKEM768;

    /// <inheritdoc/>
    public override bool HasECDHAgreement() => true;

    /// <inheritdoc/>
    public override bool HasKemAgreement() => true;

    /// <inheritdoc/>
    public override bool HasCryptoHashAlgorithm(int cryptoHashAlgorithm) => TranscriptHash.IsKnown(cryptoHashAlgorithm);

    /// <inheritdoc/>
    public override bool HasHkdfAlgorithm(int cryptoHashAlgorithm) => TranscriptHash.IsKnown(cryptoHashAlgorithm);

    /// <inheritdoc/>
    public override bool HasEncryptionAlgorithm(int encryptionAlgorithm) =>
        encryptionAlgorithm is EncryptionAlgorithm.AES_128_GCM or EncryptionAlgorithm.AES_256_GCM
            or EncryptionAlgorithm.CHACHA20_POLY1305;

    /// <inheritdoc/>
    public override bool HasSignatureScheme(int signatureScheme) =>
        signatureScheme is SignatureScheme.ed25519 or SignatureScheme.ecdsa_secp256r1_sha256;

    /// <inheritdoc/>
    public override bool HasSignatureAndHashAlgorithm(SignatureAndHashAlgorithm sigAndHashAlgorithm) =>
        HasSignatureScheme(SignatureScheme.From(sigAndHashAlgorithm));

    // The rest is of older versions of TLS.

    /// <inheritdoc/>
    public override bool HasAnyStreamVerifiers(IList<SignatureAndHashAlgorithm> signatureAndHashAlgorithms) => false;

    /// <inheritdoc/>
    public override bool HasAnyStreamVerifiersLegacy(short[] clientCertificateTypes) => false;

    /// <inheritdoc/>
    public override bool HasCryptoSignatureAlgorithm(int cryptoSignatureAlgorithm) => false;

    /// <inheritdoc/>
    public override bool HasDHAgreement() => false;

    /// <inheritdoc/>
    public override bool HasMacAlgorithm(int macAlgorithm) => false;

    /// <inheritdoc/>
    public override bool HasRsaEncryption() => false;

    /// <inheritdoc/>
    public override bool HasSignatureAlgorithm(short signatureAlgorithm) => false;

    /// <inheritdoc/>
    public override bool HasSrpAuthentication() => false;

    /// <inheritdoc/>
    public override TlsSecret GenerateRsaPreMasterSecret(ProtocolVersion clientVersion) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override TlsDHDomain CreateDHDomain(TlsDHConfig dhConfig) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override TlsHmac CreateHmac(int macAlgorithm) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override TlsHmac CreateHmacForHash(int cryptoHashAlgorithm) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override TlsSrp6Client CreateSrp6Client(TlsSrpConfig srpConfig) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override TlsSrp6Server CreateSrp6Server(TlsSrpConfig srpConfig, BigInteger srpVerifier) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override TlsSrp6VerifierGenerator CreateSrp6VerifierGenerator(TlsSrpConfig srpConfig) =>
        throw new NotSupportedException();
}
