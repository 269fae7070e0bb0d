using Org.BouncyCastle.Tls;

namespace Orchestra.Quic.Tls;

/// <summary>The signatures that are made and accepted: Ed25519, and ECDSA on P-256 with SHA-256.</summary>
internal static class SignatureSchemes
{
    private static readonly SignatureAndHashAlgorithm Ed25519 = SignatureAndHashAlgorithm.ed25519;

    private static readonly SignatureAndHashAlgorithm EcdsaP256 =
        SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    /// <summary>Gives both, best first.</summary>
    /// <returns>A new list, which BouncyCastle may keep.</returns>
    public static IList<SignatureAndHashAlgorithm> All() => [Ed25519, EcdsaP256];

    /// <summary>Gives BouncyCastle's form of a scheme.</summary>
    /// <param name="signatureScheme">One of the two.</param>
    /// <returns>The form.</returns>
    public static SignatureAndHashAlgorithm Find(int signatureScheme) =>
        signatureScheme == SignatureScheme.ed25519 ? Ed25519 : EcdsaP256;
}
