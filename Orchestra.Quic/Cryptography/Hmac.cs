using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Orchestra.Quic.Cryptography;

/// <summary>HMAC (RFC 2104) of a whole message.</summary>
internal static class Hmac
{
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    /// <param name="kind">The hash.</param>
    /// <param name="key">The key, of any length.</param>
    /// <param name="message">The message.</param>
    /// <param name="mac">Receives the code, as long as the hash.</param>
    public static void Compute(HashKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> mac)
    {
        IDigest digest = kind.CreateDigest();
        Span<byte> block = stackalloc byte[HashKinds.MaxBlockLength];
        block = block[..digest.GetByteLength()];
        block.Clear();
        if (key.Length <= block.Length)
        {
            key.CopyTo(block);
        }
        else
        {
            digest.BlockUpdate(key);
            digest.DoFinal(block);
        }

        // Taking the hash resets the digest.
        Xor(block, InnerPad);
        digest.BlockUpdate(block);
        digest.BlockUpdate(message);
        Span<byte> inner = mac[..kind.Length()];
        digest.DoFinal(inner);

        Xor(block, InnerPad ^ OuterPad);
        digest.BlockUpdate(block);
        digest.BlockUpdate(inner);
        digest.DoFinal(inner);
        CryptographicOperations.ZeroMemory(block);
    }

    private static void Xor(Span<byte> block, byte pad)
    {
        foreach (ref byte value in block)
        {
            value ^= pad;
        }
    }
}
