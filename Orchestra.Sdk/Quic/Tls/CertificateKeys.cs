using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Tls;

namespace Orchestra.Sdk.Quic.Tls;

/// <summary>The keys that certificates may have, and what they sign: Ed25519, and ECDSA on P-256 with SHA-256.</summary>
internal static class CertificateKeys
{
    private static readonly DerObjectIdentifier P256 = X9ObjectIdentifiers.Prime256v1;

    /// <summary>Reads a certificate's key.</summary>
    /// <param name="info">The key as the certificate has it.</param>
    /// <returns>The key.</returns>
    /// <exception cref="TlsAlertException">It is malformed, or of another kind.</exception>
    public static AsymmetricKeyParameter Read(SubjectPublicKeyInfo info)
    {
        var algorithm = info.Algorithm;
        try
        {
            if (algorithm.Algorithm.Equals(EdECObjectIdentifiers.id_Ed25519) && algorithm.Parameters is null)
            {
                return new Ed25519PublicKeyParameters(info.PublicKey.GetOctets());
            }

            if (algorithm.Algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey) && P256.Equals(algorithm.Parameters))
            {
                var domain = ECNamedDomainParameters.LookupOid(P256);
                return new ECPublicKeyParameters(domain.Curve.DecodePoint(info.PublicKey.GetOctets()), domain);
            }
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidOperationException)
        {
            throw new TlsAlertException(TlsAlerts.BadCertificate, "A certificate's public key is malformed.", exception);
        }

        throw new TlsAlertException(
            TlsAlerts.UnsupportedCertificate,
            $"A certificate has a key of algorithm {algorithm.Algorithm.Id}: only Ed25519 and ECDSA on P-256 are accepted.");
    }

    /// <summary>Whether a key makes signatures of a certificate's signature algorithm.</summary>
    /// <param name="key">The issuer's key.</param>
    /// <param name="algorithm">The algorithm that the certificate names.</param>
    /// <returns>True when they fit.</returns>
    public static bool Accepts(AsymmetricKeyParameter key, AlgorithmIdentifier algorithm) =>
        algorithm.Parameters is null && algorithm.Algorithm.Equals(
            key is Ed25519PublicKeyParameters ? EdECObjectIdentifiers.id_Ed25519 : X9ObjectIdentifiers.ECDsaWithSha256);

    /// <summary>Whether a key makes signatures of a TLS 1.3 scheme.</summary>
    /// <param name="key">The peer's key.</param>
    /// <param name="signatureScheme">The scheme that the peer names.</param>
    /// <returns>True when they fit.</returns>
    public static bool Accepts(AsymmetricKeyParameter key, int signatureScheme) =>
        signatureScheme == (key is Ed25519PublicKeyParameters ? SignatureScheme.ed25519 : SignatureScheme.ecdsa_secp256r1_sha256);

    /// <summary>Whether a signature is a key's.</summary>
    /// <param name="key">The key.</param>
    /// <param name="signed">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>False when it is not, or is malformed.</returns>
    public static bool IsValid(AsymmetricKeyParameter key, byte[] signed, byte[] signature)
    {
        ISigner verifier = key is Ed25519PublicKeyParameters
            ? new Ed25519Signer()
            : new DsaDigestSigner(new ECDsaSigner(), new Sha256Digest());
        verifier.Init(forSigning: false, key);
        verifier.BlockUpdate(signed, 0, signed.Length);
        return verifier.VerifySignature(signature);
    }
}
