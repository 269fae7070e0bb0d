using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>
/// ChaCha20 (RFC 8439 §2.4), four blocks at a time: BouncyCastle's takes twelve times as long as the operating system's in native code,
/// and where there are no instructions for AES this is all there is.
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
        Vector128<uint> d0 = Vector128.Create(
            counter,
            BinaryPrimitives.ReadUInt32LittleEndian(nonce),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]));
        Vector128<uint> one = Vector128.CreateScalar(1u);
        Vector128<uint> d1 = d0 + one;
        Vector128<uint> d2 = d1 + one;
        Vector128<uint> d3 = d2 + one;
        var block0 = new ChaChaRows(_keyStart, _keyEnd, d0);
        var block1 = new ChaChaRows(_keyStart, _keyEnd, d1);
        var block2 = new ChaChaRows(_keyStart, _keyEnd, d2);
        var block3 = new ChaChaRows(_keyStart, _keyEnd, d3);
        for (int i = 0; i < ChaChaRows.DoubleRounds; i++)
        {
            block0.DoubleRound();
            block1.DoubleRound();
            block2.DoubleRound();
            block3.DoubleRound();
        }

        Span<Vector128<uint>> rows = MemoryMarshal.Cast<byte, Vector128<uint>>(data)[..(StepBlocks * RowsPerBlock)];
        Add(block0, d0, rows);
        Add(block1, d1, rows[RowsPerBlock..]);
        Add(block2, d2, rows[(2 * RowsPerBlock)..]);
        Add(block3, d3, rows[(3 * RowsPerBlock)..]);
    }

    public void Clear()
    {
        _keyStart = default;
        _keyEnd = default;
    }

    private void Add(in ChaChaRows block, Vector128<uint> start, Span<Vector128<uint>> rows)
    {
        rows = rows[..RowsPerBlock];
        rows[0] ^= block.A + ChaChaRows.Start;
        rows[1] ^= block.B + _keyStart;
        rows[2] ^= block.C + _keyEnd;
        rows[3] ^= block.D + start;
    }
}
