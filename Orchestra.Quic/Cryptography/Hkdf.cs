using System.Security.Cryptography;

namespace Orchestra.Quic.Cryptography;

/// <summary>HKDF (RFC 5869).</summary>
internal static class Hkdf
{
    private const int MaxInfoLength = 600;

    /// <summary>RFC 5869 §2.2.</summary>
    public static void Extract(HashKind kind, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> input, Span<byte> key) =>
        Hmac.Compute(kind, salt, input, key);

    /// <summary>RFC 5869 §2.3.</summary>
    public static void Expand(HashKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> info, Span<byte> output)
    {
        // More than the longest that TLS makes: a label and a context of 255 bytes each.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(info.Length, MaxInfoLength);
        Span<byte> mac = stackalloc byte[HashKinds.MaxLength];
        mac = mac[..kind.Length()];
        Span<byte> message = stackalloc byte[mac.Length + info.Length + 1];
        info.CopyTo(message[mac.Length..]);
        ReadOnlySpan<byte> next = message[mac.Length..];
        for (byte number = 1; !output.IsEmpty; number++)
        {
            message[^1] = number;
            Hmac.Compute(kind, key, next, mac);
            int length = Math.Min(mac.Length, output.Length);
            mac[..length].CopyTo(output);
            output = output[length..];

            // All after the first are of the one before, too.
            mac.CopyTo(message);
            next = message;
        }

        CryptographicOperations.ZeroMemory(mac);
        CryptographicOperations.ZeroMemory(message);
    }
}
