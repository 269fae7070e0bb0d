using System.Formats.Asn1;
using Orchestra.Quic.Cryptography;
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
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
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
        private readonly P256Point _key;

        public EcdsaKey(byte[] encoded)
            : base(encoded)
        {
            if (!P256Point.TryDecode(encoded, out _key))
            {
                throw new ArgumentException("This is no uncompressed point of P-256.", nameof(encoded));
            }
        }

        public override int SignatureScheme => Org.BouncyCastle.Tls.SignatureScheme.ecdsa_secp256r1_sha256;

        public override bool Makes(AlgorithmIdentifier algorithm) =>
            algorithm.Algorithm.Equals(X9ObjectIdentifiers.ECDsaWithSha256) && algorithm.Parameters is null;

        public override bool Verify(byte[] signed, byte[] signature)
        {
            Span<byte> hash = stackalloc byte[Sha256.Length];
            Sha256.Hash(signed, hash);
            try
            {
                var file = new AsnReader(signature, AsnEncodingRules.DER);
                AsnReader pair = file.ReadSequence();
                file.ThrowIfNotEmpty();
                ReadOnlyMemory<byte> r = pair.ReadIntegerBytes();
                ReadOnlyMemory<byte> s = pair.ReadIntegerBytes();
                pair.ThrowIfNotEmpty();
                return P256Order.Verify(_key, hash, r.Span, s.Span);
            }
            catch (AsnContentException)
            {
                return false;
            }
        }
    }
}
