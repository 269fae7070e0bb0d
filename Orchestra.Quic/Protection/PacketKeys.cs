using System.Buffers.Binary;
using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;

namespace Orchestra.Quic.Protection;

/// <summary>The keys of one direction and one generation (RFC 9001 §5.1).</summary>
internal sealed class PacketKeys : IDisposable
{
    public const int TagLength = PacketAead.TagLength;

    private readonly CipherSuite _suite;
    private readonly bool _hasAesInstructions;
    private readonly byte[] _secret;
    private readonly byte[] _iv = new byte[PacketAead.NonceLength];
    private readonly PacketAead _aead;
    private readonly HeaderKey _headerKey;

    private PacketKeys(CipherSuite suite, byte[] secret, HeaderKey? headerKey, bool hasAesInstructions)
    {
        _suite = suite;
        _hasAesInstructions = hasAesInstructions;
        _secret = secret;
        HashKind hash = HashOf(suite);
        Span<byte> key = stackalloc byte[suite == CipherSuite.Aes128GcmSha256 ? 16 : 32];
        if (headerKey is null)
        {
            HkdfLabel.Expand(hash, secret, "quic hp"u8, key);
            headerKey = HeaderKey.Create(suite, key, hasAesInstructions);
        }

        _headerKey = headerKey;
        HkdfLabel.Expand(hash, secret, "quic iv"u8, _iv);
        HkdfLabel.Expand(hash, secret, "quic key"u8, key);
        _aead = PacketAead.Create(suite, key, hasAesInstructions);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>How many packets may be encrypted with these keys (RFC 9001 §6.6); ChaCha20's is out of reach.</summary>
    public long ConfidentialityLimit => _suite == CipherSuite.ChaCha20Poly1305Sha256 ? long.MaxValue : 1L << 23;

    /// <summary>How many packets may fail to authenticate, over all generations (RFC 9001 §6.6).</summary>
    public long IntegrityLimit => _suite == CipherSuite.ChaCha20Poly1305Sha256 ? 1L << 36 : 1L << 52;

    public static PacketKeys Create(CipherSuite suite, ReadOnlySpan<byte> secret) =>
        Create(suite, secret, AesInstructions.IsSupported);

    public static PacketKeys Create(CipherSuite suite, ReadOnlySpan<byte> secret, bool hasAesInstructions) =>
        new(suite, secret.ToArray(), null, hasAesInstructions);

    /// <summary>The keys of the next generation (RFC 9001 §6.1).</summary>
    public PacketKeys Next()
    {
        byte[] secret = new byte[_secret.Length];
        HkdfLabel.Expand(HashOf(_suite), _secret, "quic ku"u8, secret);
        return new PacketKeys(_suite, secret, _headerKey, _hasAesInstructions);
    }

    /// <summary>Encrypts in place; the last 16 bytes receive the tag.</summary>
    public void Encrypt(long packetNumber, ReadOnlySpan<byte> header, Span<byte> payloadAndTag)
    {
        Span<byte> nonce = stackalloc byte[PacketAead.NonceLength];
        MakeNonce(packetNumber, nonce);
        _aead.Encrypt(nonce, header, payloadAndTag[..^TagLength], payloadAndTag[^TagLength..]);
    }

    /// <summary>
    /// Decrypts in place. False when not authentic: the payload is of no use then, but the tag's 16 bytes are as they came, so
    /// that they can be compared with stateless reset tokens.
    /// </summary>
    public bool TryDecrypt(long packetNumber, ReadOnlySpan<byte> header, Span<byte> payloadAndTag)
    {
        if (payloadAndTag.Length < TagLength)
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[PacketAead.NonceLength];
        MakeNonce(packetNumber, nonce);
        return _aead.TryDecrypt(nonce, header, payloadAndTag[..^TagLength], payloadAndTag[^TagLength..]);
    }

    /// <summary>The five bytes that protect the header of a packet with this sample of 16 bytes.</summary>
    public void HeaderMask(ReadOnlySpan<byte> sample, Span<byte> mask) => _headerKey.Mask(sample, mask);

    public void Dispose()
    {
        _aead.Dispose();
        CryptographicOperations.ZeroMemory(_secret);
    }

    private static HashKind HashOf(CipherSuite suite) =>
        suite == CipherSuite.Aes256GcmSha384 ? HashKind.Sha384 : HashKind.Sha256;

    /// <summary>RFC 9001 §5.3.</summary>
    private void MakeNonce(long packetNumber, Span<byte> nonce)
    {
        _iv.CopyTo(nonce);
        Span<byte> low = nonce[^sizeof(long)..];
        BinaryPrimitives.WriteInt64BigEndian(low, BinaryPrimitives.ReadInt64BigEndian(low) ^ packetNumber);
    }
}
