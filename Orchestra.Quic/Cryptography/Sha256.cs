using Org.BouncyCastle.Crypto.Digests;

namespace Orchestra.Quic.Cryptography;

/// <summary>SHA-256 (FIPS 180-4) of a whole message.</summary>
internal static class Sha256
{
    public const int Length = 32;

    public static void Hash(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        var digest = new Sha256Digest();
        digest.BlockUpdate(message);
        digest.DoFinal(hash);
    }
}
