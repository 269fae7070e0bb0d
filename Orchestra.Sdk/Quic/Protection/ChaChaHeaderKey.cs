using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Orchestra.Sdk.Quic.Protection;

/// <summary>
/// ChaCha20-based header protection (RFC 9001 §5.4.4): the start of one block of ChaCha20 (RFC 8439 §2.3), whose counter and
/// nonce are the sample. Libraries offer no such block without allocating for it.
/// </summary>
internal sealed class ChaChaHeaderKey : HeaderKey
{
    private const int KeyOffset = 4;
    private const int CounterOffset = 12;
    private const int StateLength = 16;

    private readonly uint[] _state = new uint[StateLength];

    public ChaChaHeaderKey(ReadOnlySpan<byte> key)
    {
        ReadLittleEndian("expand 32-byte k"u8, _state);
        ReadLittleEndian(key, _state.AsSpan(KeyOffset));
    }

    public override void Mask(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        Span<uint> x = stackalloc uint[StateLength];
        _state.CopyTo(x);
        ReadLittleEndian(sample[..SampleLength], x[CounterOffset..]);
        for (int round = 0; round < 20; round += 2)
        {
            QuarterRound(ref x[0], ref x[4], ref x[8], ref x[12]);
            QuarterRound(ref x[1], ref x[5], ref x[9], ref x[13]);
            QuarterRound(ref x[2], ref x[6], ref x[10], ref x[14]);
            QuarterRound(ref x[3], ref x[7], ref x[11], ref x[15]);
            QuarterRound(ref x[0], ref x[5], ref x[10], ref x[15]);
            QuarterRound(ref x[1], ref x[6], ref x[11], ref x[12]);
            QuarterRound(ref x[2], ref x[7], ref x[8], ref x[13]);
            QuarterRound(ref x[3], ref x[4], ref x[9], ref x[14]);
        }

        // Five bytes are all that is needed of the block.
        Span<byte> block = stackalloc byte[2 * sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(block, x[0] + _state[0]);
        BinaryPrimitives.WriteUInt32LittleEndian(block[sizeof(uint)..], x[1] + _state[1]);
        block[..MaskLength].CopyTo(mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 16);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 12);
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 8);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 7);
    }

    private static void ReadLittleEndian(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        for (int i = 0; i < bytes.Length / sizeof(uint); i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
        }
    }
}
