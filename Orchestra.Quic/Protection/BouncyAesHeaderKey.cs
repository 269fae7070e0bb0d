using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Quic.Protection;

/// <summary>AES-based header protection without the processor's instructions (RFC 9001 §5.4.3): for Initial packets, whose keys are no secret.</summary>
internal sealed class BouncyAesHeaderKey : HeaderKey
{
    private readonly AesEngine _cipher = new();

    public BouncyAesHeaderKey(ReadOnlySpan<byte> key) => _cipher.Init(true, new KeyParameter(key));

    public override void Mask(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        Span<byte> block = stackalloc byte[SampleLength];
        _cipher.ProcessBlock(sample[..SampleLength], block);
        block[..MaskLength].CopyTo(mask);
    }
}
