using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>
/// ChaCha20-based header protection (RFC 9001 §5.4.4): the start of one block of ChaCha20 (RFC 8439 §2.3), whose counter and
/// nonce are the sample.
/// </summary>
internal sealed class ChaChaHeaderKey(ReadOnlySpan<byte> key) : HeaderKey
{
    private readonly Vector128<uint> _keyStart = Vector128.Create(key).AsUInt32();
    private readonly Vector128<uint> _keyEnd = Vector128.Create(key[16..]).AsUInt32();

    public override void Mask(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        Vector128<uint> a = ChaChaRounds.Start, b = _keyStart, c = _keyEnd, d = Vector128.Create(sample).AsUInt32();
        for (int i = 0; i < ChaChaRounds.DoubleRounds; i++)
        {
            ChaChaRounds.DoubleRound(ref a, ref b, ref c, ref d);
        }

        // The mask lies within the first row.
        Span<byte> row = stackalloc byte[SampleLength];
        (a + ChaChaRounds.Start).AsByte().CopyTo(row);
        row[..MaskLength].CopyTo(mask);
    }
}
