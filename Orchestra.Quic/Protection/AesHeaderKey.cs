using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>AES-based header protection by the processor's AES instructions (RFC 9001 §5.4.3).</summary>
internal sealed class AesHeaderKey(ReadOnlySpan<byte> key) : HeaderKey
{
    private readonly AesBlockCipher _cipher = new(key);

    public override void Mask(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        Span<byte> block = stackalloc byte[AesBlockCipher.BlockLength];
        _cipher.Encrypt(Vector128.Create(sample)).CopyTo(block);
        block[..MaskLength].CopyTo(mask);
    }
}
