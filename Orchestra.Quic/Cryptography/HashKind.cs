using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Orchestra.Quic.Cryptography;

/// <summary>The hashes of TLS 1.3's suites (RFC 8446 §B.4).</summary>
internal enum HashKind
{
    Sha256,
    Sha384,
}

/// <summary>What belongs to a <see cref="HashKind"/>.</summary>
internal static class HashKinds
{
    /// <summary>The length of the longest hash.</summary>
    public const int MaxLength = 48;

    /// <summary>The longest block that a hash works on.</summary>
    public const int MaxBlockLength = 128;

    public static int Length(this HashKind kind) => kind == HashKind.Sha384 ? MaxLength : Sha256.Length;

    public static IDigest CreateDigest(this HashKind kind) => kind == HashKind.Sha384 ? new Sha384Digest() : new Sha256Digest();
}
