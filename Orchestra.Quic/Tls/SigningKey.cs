using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Orchestra.Quic.Tls;

/// <summary>The private key that proves an identity.</summary>
internal abstract class SigningKey
{
    /// <summary>The TLS 1.3 scheme of its signatures.</summary>
    public abstract int SignatureScheme { get; }

    /// <summary>Makes one of an Ed25519 key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key that signs.</returns>
    public static SigningKey Of(Ed25519PrivateKeyParameters key) => new Ed25519Key(key);

    /// <summary>Whether a certificate's key is the public half of this one.</summary>
    /// <param name="key">The certificate's key.</param>
    /// <returns>True when it is.</returns>
    public abstract bool BelongsTo(CertificateKey key);

    /// <summary>Signs.</summary>
    /// <param name="message">What to sign.</param>
    /// <returns>The signature.</returns>
    public abstract byte[] Sign(byte[] message);

    private sealed class Ed25519Key(Ed25519PrivateKeyParameters key) : SigningKey
    {
        public override int SignatureScheme => Org.BouncyCastle.Tls.SignatureScheme.ed25519;

        public override bool BelongsTo(CertificateKey certificateKey) =>
            certificateKey.SignatureScheme == SignatureScheme &&
            key.GeneratePublicKey().GetEncoded().AsSpan().SequenceEqual(certificateKey.Encoded);

        public override byte[] Sign(byte[] message)
        {
            var signature = new byte[Ed25519.SignatureSize];
            key.Sign(Ed25519.Algorithm.Ed25519, ctx: null, message, 0, message.Length, signature, 0);
            return signature;
        }
    }
}
