using System.Security.Cryptography;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Protection;

/// <summary>The tag of Retry packets (RFC 9001 §5.8); it guards against accidents and against those who saw no Initial.</summary>
internal static class RetryIntegrity
{
    private static ReadOnlySpan<byte> Key =>
        [0xBE, 0x0C, 0x69, 0x0B, 0x9F, 0x66, 0x57, 0x5A, 0x1D, 0x76, 0x6B, 0x54, 0xE3, 0x68, 0xC8, 0x4E];

    private static ReadOnlySpan<byte> Nonce => [0x46, 0x15, 0x99, 0xD3, 0x5D, 0x63, 0x2B, 0xF2, 0x23, 0x98, 0x25, 0xBB];

    /// <summary>Writes a whole Retry packet; returns its length.</summary>
    public static int WriteRetry(
        Span<byte> buffer,
        in ConnectionId destination,
        in ConnectionId source,
        in ConnectionId original,
        ReadOnlySpan<byte> token)
    {
        var writer = new SpanWriter(buffer);
        PacketWriter.WriteRetryWithoutTag(ref writer, destination, source, token);
        ReadOnlySpan<byte> withoutTag = writer.Written;
        ComputeTag(original, withoutTag, writer.Reserve(PacketKeys.TagLength));
        return writer.Position;
    }

    public static void ComputeTag(in ConnectionId original, ReadOnlySpan<byte> retryWithoutTag, Span<byte> tag) =>
        ComputeTag(original, retryWithoutTag, tag, AesInstructions.IsSupported);

    public static void ComputeTag(
        in ConnectionId original, ReadOnlySpan<byte> retryWithoutTag, Span<byte> tag, bool hasAesInstructions)
    {
        byte[] pseudoPacket = new byte[1 + original.Length + retryWithoutTag.Length];
        pseudoPacket[0] = (byte)original.Length;
        original.CopyTo(pseudoPacket.AsSpan(1));
        retryWithoutTag.CopyTo(pseudoPacket.AsSpan(1 + original.Length));
        using PacketAead aead = PacketAead.Create(CipherSuite.Aes128GcmSha256, Key, hasAesInstructions);
        aead.Encrypt(Nonce, pseudoPacket, default, tag[..PacketKeys.TagLength]);
    }

    public static bool IsValid(in ConnectionId original, ReadOnlySpan<byte> retry)
    {
        if (retry.Length < PacketKeys.TagLength)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[PacketKeys.TagLength];
        ComputeTag(original, retry[..^PacketKeys.TagLength], tag);
        return CryptographicOperations.FixedTimeEquals(tag, retry[^PacketKeys.TagLength..]);
    }
}
