using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>What a token of an Initial packet is worth.</summary>
internal enum RetryTokenStatus
{
    /// <summary>There is none, or it is not one of ours.</summary>
    None,

    Good,

    /// <summary>It is from another address or attempt, too old, or changed.</summary>
    Bad,
}

/// <summary>
/// The tokens of Retry packets, RFC 9000 §8.1.4: they show that a client receives at its address. They hold for that address, that
/// attempt and a few seconds, and only this process can make them.
/// </summary>
internal sealed class RetryTokens(QuicClock clock)
{
    public const int MaxLength = KindLength + sizeof(long) + 1 + ConnectionId.MaxLength + MacLength;

    private const int MacLength = 16;
    private const int KindLength = sizeof(uint);
    private const int IdOffset = KindLength + sizeof(long) + 1;

    // Tells tokens of ours, of an earlier process too, from those of others.
    private const uint Kind = 0x6f72_7472;
    private const long Lifetime = 10 * 1_000_000;

    private static readonly byte[] Key = SystemRandom.GetBytes(32);

    /// <summary>Makes one: the time, the id that the client chose first, and what proves both.</summary>
    /// <returns>Its length.</returns>
    public int Write(Span<byte> token, SocketAddress remote, in ConnectionId original, in ConnectionId source)
    {
        BinaryPrimitives.WriteUInt32BigEndian(token, Kind);
        BinaryPrimitives.WriteInt64BigEndian(token[KindLength..], clock.Now);
        token[IdOffset - 1] = (byte)original.Length;
        int content = IdOffset + original.Length;
        original.CopyTo(token[IdOffset..content]);
        ComputeMac(token[..content], remote, source, token.Slice(content, MacLength));
        return content + MacLength;
    }

    /// <summary>Reads one that came back.</summary>
    /// <param name="token">The token; empty for none.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="source">The id that the Retry packet gave the client, which it now uses.</param>
    /// <param name="original">The id that the client chose first.</param>
    public RetryTokenStatus Read(ReadOnlySpan<byte> token, SocketAddress remote, in ConnectionId source, out ConnectionId original)
    {
        original = default;
        int content = token.Length - MacLength;
        if (content < IdOffset || BinaryPrimitives.ReadUInt32BigEndian(token) != Kind)
        {
            return RetryTokenStatus.None;
        }

        if (token.Length > MaxLength || token[IdOffset - 1] != content - IdOffset)
        {
            return RetryTokenStatus.Bad;
        }

        Span<byte> mac = stackalloc byte[MacLength];
        ComputeMac(token[..content], remote, source, mac);
        long age = clock.Now - BinaryPrimitives.ReadInt64BigEndian(token[KindLength..]);
        if (!CryptographicOperations.FixedTimeEquals(mac, token[content..]) || age is < 0 or > Lifetime)
        {
            return RetryTokenStatus.Bad;
        }

        original = ConnectionId.Of(token[IdOffset..content]);
        return RetryTokenStatus.Good;
    }

    private static void ComputeMac(ReadOnlySpan<byte> content, SocketAddress remote, in ConnectionId source, Span<byte> mac)
    {
        Span<byte> data = stackalloc byte[MaxLength + 1 + ConnectionId.MaxLength + 128];
        content.CopyTo(data);
        int length = content.Length;
        data[length++] = (byte)source.Length;
        source.CopyTo(data[length..]);
        length += source.Length;
        remote.Buffer.Span[..remote.Size].CopyTo(data[length..]);
        length += remote.Size;
        Span<byte> hash = stackalloc byte[Sha256.Length];
        Hmac.Compute(HashKind.Sha256, Key, data[..length], hash);
        hash[..MacLength].CopyTo(mac);
    }
}
