using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>
/// ChaCha20-based header protection (RFC 9001 §5.4.4): the start of one block of ChaCha20 (RFC 8439 §2.3), whose counter and
/// nonce are the sample. Libraries offer no such block without allocating for it.
/// </summary>
internal sealed class ChaChaHeaderKey(ReadOnlySpan<byte> key) : HeaderKey
{
    private const int DoubleRounds = 10;

    private readonly Vector128<uint> _keyStart = Vector128.Create(key).AsUInt32();
    private readonly Vector128<uint> _keyEnd = Vector128.Create(key[16..]).AsUInt32();

    public override void Mask(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        Vector128<uint> start = Vector128.Create("expand 32-byte k"u8).AsUInt32();

        // The rows of the state; a quarter round works on its four columns, or diagonals, at once.
        Vector128<uint> a = start;
        Vector128<uint> b = _keyStart;
        Vector128<uint> c = _keyEnd;
        Vector128<uint> d = Vector128.Create(sample).AsUInt32();
        for (int i = 0; i < DoubleRounds; i++)
        {
            QuarterRound(ref a, ref b, ref c, ref d);
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
            QuarterRound(ref a, ref b, ref c, ref d);
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
        }

        // The mask lies within the first row.
        Span<byte> row = stackalloc byte[SampleLength];
        (a + start).AsByte().CopyTo(row);
        row[..MaskLength].CopyTo(mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        a += b;
        d = RotateLeft(d ^ a, 16);
        c += d;
        b = RotateLeft(b ^ c, 12);
        a += b;
        d = RotateLeft(d ^ a, 8);
        c += d;
        b = RotateLeft(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));
}
