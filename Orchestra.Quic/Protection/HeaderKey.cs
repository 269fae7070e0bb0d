namespace Orchestra.Quic.Protection;

/// <summary>Makes the masks of header protection (RFC 9001 §5.4). Key updates keep it, so generations of keys share one.</summary>
internal abstract class HeaderKey
{
    public const int SampleLength = 16;
    public const int MaskLength = 5;

    public static HeaderKey Create(CipherSuite suite, ReadOnlySpan<byte> key, bool hasAesInstructions)
    {
        if (suite == CipherSuite.ChaCha20Poly1305Sha256)
        {
            return new ChaChaHeaderKey(key);
        }

        return hasAesInstructions ? new AesHeaderKey(key) : new BouncyAesHeaderKey(key);
    }

    public abstract void Mask(ReadOnlySpan<byte> sample, Span<byte> mask);
}
