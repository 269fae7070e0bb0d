using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>Stateless resets, RFC 9000 §10.3.</summary>
internal static class StatelessReset
{
    public const int TokenLength = 16;

    /// <summary>The shortest packet that can be one: it must look like a short header packet.</summary>
    public const int MinLength = 21;

    /// <summary>The token of one of our connection ids: the same after a restart with the same key.</summary>
    public static void ComputeToken(byte[] key, in ConnectionId id, Span<byte> token)
    {
        Span<byte> bytes = stackalloc byte[ConnectionId.MaxLength];
        id.CopyTo(bytes);
        Span<byte> hash = stackalloc byte[Sha256.Length];
        Hmac.Compute(HashKind.Sha256, key, bytes[..id.Length], hash);
        hash[..TokenLength].CopyTo(token);
    }
}
