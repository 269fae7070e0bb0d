using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Orchestra.Sdk.Quic.Tls;

/// <summary>The signatures that are made and accepted: Ed25519, and ECDSA on P-256 with SHA-256.</summary>
internal static class SignatureSchemes
{
    private static readonly SignatureAndHashAlgorithm Ed25519 = SignatureAndHashAlgorithm.ed25519;

    private static readonly SignatureAndHashAlgorithm EcdsaP256 =
        SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    /// <summary>Gives both, best first.</summary>
    /// <returns>A new list, which BouncyCastle may keep.</returns>
    public static IList<SignatureAndHashAlgorithm> All() => [Ed25519, EcdsaP256];

    /// <summary>Makes the credentials with which an identity proves itself.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="context">The handshake.</param>
    /// <param name="crypto">Signs.</param>
    /// <param name="accepted">What the peer accepts.</param>
    /// <returns>The credentials; null when the peer does not accept this identity's kind of signature.</returns>
    public static TlsCredentialedSigner? CreateCredentials(
        TlsIdentity identity, TlsContext context, BcTlsCrypto crypto, IList<SignatureAndHashAlgorithm> accepted)
    {
        var (algorithm, signer) = identity.PrivateKey is Ed25519PrivateKeyParameters key
            ? (Ed25519, (TlsSigner)new BcTlsEd25519Signer(crypto, key))
            : (EcdsaP256, new BcTlsECDsa13Signer(
                crypto, (ECPrivateKeyParameters)identity.PrivateKey, SignatureScheme.ecdsa_secp256r1_sha256));
        if (!accepted.Contains(algorithm))
        {
            return null;
        }

        var entries = identity.ParsedChain.Select(certificate => new CertificateEntry(certificate, extensions: null));
        return new DefaultTlsCredentialedSigner(
            new TlsCryptoParameters(context), signer, new Certificate([], entries.ToArray()), algorithm);
    }
}
