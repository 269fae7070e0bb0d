namespace Orchestra.Quic.Protection;

/// <summary>One AEAD under one key, working in place. Not for use by several threads at once.</summary>
internal abstract class PacketAead : IDisposable
{
    public const int NonceLength = 12;
    public const int TagLength = 16;

    public static PacketAead Create(CipherSuite suite, ReadOnlySpan<byte> key)
    {
        if (suite != CipherSuite.ChaCha20Poly1305Sha256)
        {
            return AcceleratedAesGcm.IsSupported ? new AcceleratedAesGcm(key) : new PlatformAesGcm(key);
        }

        return PlatformChaCha20Poly1305.IsSupported ? new PlatformChaCha20Poly1305(key) : new ManagedChaCha20Poly1305(key);
    }

    public abstract void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, Span<byte> tag);

    /// <summary>False when not authentic: <paramref name="payload"/> is of no use then, <paramref name="tag"/> is unchanged.</summary>
    public abstract bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> payload, ReadOnlySpan<byte> tag);

    public abstract void Dispose();
}
