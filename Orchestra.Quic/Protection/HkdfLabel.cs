using Orchestra.Quic.Cryptography;

namespace Orchestra.Quic.Protection;

/// <summary>HKDF-Expand-Label with an empty context (RFC 8446 §7.1).</summary>
internal static class HkdfLabel
{
    private const int MaxLabelLength = 32;

    public static void Expand(HashKind hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, Span<byte> output)
    {
        ReadOnlySpan<byte> prefix = "tls13 "u8;
        Span<byte> info = stackalloc byte[4 + MaxLabelLength];
        info[0] = 0;
        info[1] = (byte)output.Length;
        info[2] = (byte)(prefix.Length + label.Length);
        prefix.CopyTo(info[3..]);
        label.CopyTo(info[(3 + prefix.Length)..]);
        int length = 3 + prefix.Length + label.Length;
        info[length++] = 0;
        Hkdf.Expand(hash, secret, info[..length], output);
    }
}
