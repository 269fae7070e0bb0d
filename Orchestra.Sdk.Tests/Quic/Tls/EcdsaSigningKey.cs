using Orchestra.Quic.Tls;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>An identity of P-256. Own certificates are never such; those of peers may be.</summary>
internal sealed class EcdsaSigningKey(AsymmetricCipherKeyPair keys) : SigningKey
{
    public override int SignatureScheme => Org.BouncyCastle.Tls.SignatureScheme.ecdsa_secp256r1_sha256;

    public override bool BelongsTo(CertificateKey key) =>
        key.Encoded.AsSpan().SequenceEqual(((ECPublicKeyParameters)keys.Public).Q.GetEncoded(compressed: false));

    public override byte[] Sign(byte[] message)
    {
        ISigner signer = SignerUtilities.GetSigner("SHA-256withECDSA");
        signer.Init(forSigning: true, keys.Private);
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }
}
