using System.Security.Cryptography;
using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>AES-based header protection by the operating system's library (RFC 9001 §5.4.3).</summary>
internal sealed class PlatformAesHeaderKey : HeaderKey
{
    private readonly Aes _cipher = Aes.Create();

    public PlatformAesHeaderKey(ReadOnlySpan<byte> key) => _cipher.SetKey(key);

    public override void Mask(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        Span<byte> block = stackalloc byte[SampleLength];
        _cipher.EncryptEcb(sample[..SampleLength], block, PaddingMode.None);
        block[..MaskLength].CopyTo(mask);
    }
}
