using System.Formats.Asn1;
using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Orchestra.Sdk.Certificates;

/// <summary>Ed25519 keys and signatures (RFC 8032), and keys in PKCS#8 (RFC 8410, section 7).</summary>
internal static class Ed25519Key
{
    public static Ed25519PrivateKeyParameters Generate()
    {
        Span<byte> seed = stackalloc byte[Ed25519.SecretKeySize];
        SystemRandom.Fill(seed);
        var key = new Ed25519PrivateKeyParameters(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    public static byte[] Sign(Ed25519PrivateKeyParameters key, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[Ed25519.SignatureSize];
        key.Sign(Ed25519.Algorithm.Ed25519, null, message.ToArray(), 0, message.Length, signature, 0);
        return signature;
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != Ed25519.PublicKeySize || signature.Length != Ed25519.SignatureSize)
        {
            return false;
        }

        return Ed25519.Verify(
            signature.ToArray(), 0, publicKey.ToArray(), 0, message.ToArray(), 0, message.Length);
    }

    public static byte[] Encode(Ed25519PrivateKeyParameters key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Ed25519);
            }

            using (writer.PushOctetString())
            {
                writer.WriteOctetString(key.GetEncoded());
            }
        }

        return writer.Encode();
    }

    /// <returns>The key; null for one of another algorithm.</returns>
    /// <exception cref="AsnContentException">This is no PKCS#8.</exception>
    public static Ed25519PrivateKeyParameters? Decode(byte[] encoded)
    {
        AsnReader info = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        if (info.ReadSequence().ReadObjectIdentifier() != Oids.Ed25519)
        {
            return null;
        }

        // What may follow, attributes and (in Rust's files) the public key, adds nothing.
        byte[] seed = new AsnReader(info.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString();
        return seed.Length == Ed25519.SecretKeySize
            ? new Ed25519PrivateKeyParameters(seed)
            : throw new AsnContentException($"an Ed25519 key of {seed.Length} bytes");
    }
}
