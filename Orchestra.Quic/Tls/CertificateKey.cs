using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Orchestra.Quic.Tls;

/// <summary>A public key as certificates may have it: Ed25519, or ECDSA on P-256, which signs with SHA-256.</summary>
internal abstract class CertificateKey
{
    private CertificateKey(byte[] encoded) => Encoded = encoded;

    /// <summary>The key's bytes as they stand in the certificate.</summary>
    public byte[] Encoded { get; }

    /// <summary>The TLS 1.3 scheme of its signatures.</summary>
    public abstract int SignatureScheme { get; }

    /// <summary>Reads a certificate's key.</summary>
    /// <param name="info">The key as the certificate has it.</param>
    /// <returns>The key.</returns>
    /// <exception cref="TlsAlertException">It is malformed, or of another kind.</exception>
    public static CertificateKey Read(SubjectPublicKeyInfo info)
    {
        var algorithm = info.Algorithm;
        try
        {
            if (algorithm.Algorithm.Equals(EdECObjectIdentifiers.id_Ed25519) && algorithm.Parameters is null)
            {
                return new Ed25519Key(info.PublicKey.GetOctets());
            }

            if (algorithm.Algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey) &&
                X9ObjectIdentifiers.Prime256v1.Equals(algorithm.Parameters))
            {
                return new EcdsaKey(info.PublicKey.GetOctets());
            }
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or CryptographicException)
        {
            throw new TlsAlertException(TlsAlerts.BadCertificate, "A certificate's public key is malformed.", exception);
        }

        throw new TlsAlertException(
            TlsAlerts.UnsupportedCertificate,
            $"A certificate has a key of algorithm {algorithm.Algorithm.Id}: only Ed25519 and ECDSA on P-256 are accepted.");
    }

    /// <summary>Whether the key makes signatures of a certificate's signature algorithm.</summary>
    /// <param name="algorithm">The algorithm that the certificate names.</param>
    /// <returns>True when they fit.</returns>
    public abstract bool Makes(AlgorithmIdentifier algorithm);

    /// <summary>Whether a signature is this key's.</summary>
    /// <param name="signed">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>False when it is not, or is malformed.</returns>
    public abstract bool Verify(byte[] signed, byte[] signature);

    private sealed class Ed25519Key(byte[] encoded) : CertificateKey(encoded)
    {
        private readonly Ed25519PublicKeyParameters _key = new(encoded);

        public override int SignatureScheme => Org.BouncyCastle.Tls.SignatureScheme.ed25519;

        public override bool Makes(AlgorithmIdentifier algorithm) =>
            algorithm.Algorithm.Equals(EdECObjectIdentifiers.id_Ed25519) && algorithm.Parameters is null;

        public override bool Verify(byte[] signed, byte[] signature) =>
            signature.Length == Ed25519.SignatureSize &&
            _key.Verify(Ed25519.Algorithm.Ed25519, ctx: null, signed, 0, signed.Length, signature, 0);
    }

    private sealed class EcdsaKey : CertificateKey
    {
        private readonly ECParameters _key;

        public EcdsaKey(byte[] encoded)
            : base(encoded)
        {
            _key = P256.Decode(encoded);

            // The platform tells whether the point is on the curve. Its keys hold native memory: one is made for each use.
            ECDsa.Create(_key).Dispose();
        }

        public override int SignatureScheme => Org.BouncyCastle.Tls.SignatureScheme.ecdsa_secp256r1_sha256;

        public override bool Makes(AlgorithmIdentifier algorithm) =>
            algorithm.Algorithm.Equals(X9ObjectIdentifiers.ECDsaWithSha256) && algorithm.Parameters is null;

        public override bool Verify(byte[] signed, byte[] signature)
        {
            using var key = ECDsa.Create(_key);
            return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
