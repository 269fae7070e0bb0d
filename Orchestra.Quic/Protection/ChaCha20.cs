using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>
/// ChaCha20 (RFC 8439 §2.4), four blocks at a time. Ours, as BouncyCastle's takes nearly twice as long in native code and allocates for
/// each packet, and where there are no instructions for AES this is all there is.
/// </summary>
internal sealed class ChaCha20(ReadOnlySpan<byte> key)
{
    public const int BlockLength = 64;

    /// <summary>How much <see cref="AddKeyStream"/> takes.</summary>
    public const int StepLength = StepBlocks * BlockLength;

    /// <summary>How many blocks that is.</summary>
    public const int StepBlocks = 4;

    private const int RowsPerBlock = 4;

    private Vector128<uint> _keyStart = Vector128.Create(key).AsUInt32();
    private Vector128<uint> _keyEnd = Vector128.Create(key[16..]).AsUInt32();

    /// <summary>Adds the blocks from <paramref name="counter"/> on to <paramref name="data"/>.</summary>
    public void AddKeyStream(ReadOnlySpan<byte> nonce, uint counter, Span<byte> data)
    {
        Vector128<uint> counters = Vector128.Create(
            counter,
            BinaryPrimitives.ReadUInt32LittleEndian(nonce),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]));
        Vector128<uint> one = Vector128.CreateScalar(1u);
        Vector128<uint> a0 = ChaChaRounds.Start, b0 = _keyStart, c0 = _keyEnd, d0 = counters;
        Vector128<uint> a1 = a0, b1 = b0, c1 = c0, d1 = d0 + one;
        Vector128<uint> a2 = a0, b2 = b0, c2 = c0, d2 = d1 + one;
        Vector128<uint> a3 = a0, b3 = b0, c3 = c0, d3 = d2 + one;
        for (int i = 0; i < ChaChaRounds.DoubleRounds; i++)
        {
            ChaChaRounds.DoubleRound(ref a0, ref b0, ref c0, ref d0);
            ChaChaRounds.DoubleRound(ref a1, ref b1, ref c1, ref d1);
            ChaChaRounds.DoubleRound(ref a2, ref b2, ref c2, ref d2);
            ChaChaRounds.DoubleRound(ref a3, ref b3, ref c3, ref d3);
        }

        Span<Vector128<uint>> rows = MemoryMarshal.Cast<byte, Vector128<uint>>(data)[..(StepBlocks * RowsPerBlock)];
        Add(a0, b0, c0, d0 + counters, rows);
        counters += one;
        Add(a1, b1, c1, d1 + counters, rows[RowsPerBlock..]);
        counters += one;
        Add(a2, b2, c2, d2 + counters, rows[(2 * RowsPerBlock)..]);
        counters += one;
        Add(a3, b3, c3, d3 + counters, rows[(3 * RowsPerBlock)..]);
    }

    public void Clear()
    {
        _keyStart = default;
        _keyEnd = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d, Span<Vector128<uint>> rows)
    {
        rows = rows[..RowsPerBlock];
        rows[0] ^= a + ChaChaRounds.Start;
        rows[1] ^= b + _keyStart;
        rows[2] ^= c + _keyEnd;
        rows[3] ^= d;
    }
}
