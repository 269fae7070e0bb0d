namespace Orchestra.Quic.Protection;

/// <summary>One AEAD under one key, working in place. Not for use by several threads at once.</summary>
internal abstract class PacketAead : IDisposable
{
    public const int NonceLength = 12;
    public const int TagLength = 16;

    public static PacketAead Create(CipherSuite suite, ReadOnlySpan<byte> key, bool hasAesInstructions)
    {
        if (suite == CipherSuite.ChaCha20Poly1305Sha256)
        {
            return new ChaCha20Poly1305Aead(key);
        }

        return hasAesInstructions ? new AcceleratedAesGcm(key) : new BouncyAesGcm(key);
    }

    public abstract void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag);

    /// <summary>False when not authentic: <paramref name="payload"/> is of no use then, <paramref name="tag"/> is unchanged.</summary>
    public abstract bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag);

    public abstract void Dispose();
}
