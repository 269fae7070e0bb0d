using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orchestra.Quic.Protection;

/// <summary>
/// Poly1305 (RFC 8439 §2.5) as AEADs use it: of whole blocks. The sum, of 130 bits, is held in three words; it takes the same time
/// whatever the data.
/// </summary>
internal ref struct Poly1305
{
    public const int KeyLength = 32;

    private const int BlockLength = 16;

    private readonly ulong _r0;
    private readonly ulong _r1;
    private readonly ulong _s0;
    private readonly ulong _s1;

    // 5/4 of the upper word: 2^130 is 5 modulo the prime, and the word's two lowest bits are 0.
    private readonly ulong _folded;

    private ulong _h0;
    private ulong _h1;
    private ulong _h2;

    public Poly1305(ReadOnlySpan<byte> key)
    {
        _r0 = BinaryPrimitives.ReadUInt64LittleEndian(key) & 0x0FFF_FFFC_0FFF_FFFF;
        _r1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) & 0x0FFF_FFFC_0FFF_FFFC;
        _folded = _r1 + (_r1 >> 2);
        _s0 = BinaryPrimitives.ReadUInt64LittleEndian(key[16..]);
        _s1 = BinaryPrimitives.ReadUInt64LittleEndian(key[24..]);
    }

    /// <summary>Takes in data, padded by zeros to whole blocks.</summary>
    public void Update(scoped ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(data[..^(data.Length % BlockLength)]);
        for (; words.Length >= 2; words = words[2..])
        {
            AddBlock(words[0], words[1]);
        }

        ReadOnlySpan<byte> rest = data[^(data.Length % BlockLength)..];
        if (!rest.IsEmpty)
        {
            Span<byte> padded = stackalloc byte[BlockLength];
            padded.Clear();
            rest.CopyTo(padded);
            AddBlock(BinaryPrimitives.ReadUInt64LittleEndian(padded), BinaryPrimitives.ReadUInt64LittleEndian(padded[8..]));
        }
    }

    /// <summary>Takes in the lengths, in bytes, of what came before (RFC 8439 §2.8), and gives the tag.</summary>
    public void Finish(int associatedLength, int length, scoped Span<byte> tag)
    {
        AddBlock((ulong)associatedLength, (ulong)length);

        // Modulo the prime, 2^130 - 5: where 5 more reach 2^130, those bits are the rest.
        ulong carry = 0;
        ulong g0 = Add(_h0, 5, ref carry);
        ulong g1 = Add(_h1, 0, ref carry);
        ulong mask = 0 - ((_h2 + carry) >> 2);
        carry = 0;
        BinaryPrimitives.WriteUInt64LittleEndian(tag, Add(_h0 ^ (mask & (_h0 ^ g0)), _s0, ref carry));
        BinaryPrimitives.WriteUInt64LittleEndian(tag[8..], Add(_h1 ^ (mask & (_h1 ^ g1)), _s1, ref carry));
    }

    /// <summary>Adds a block, with the bit beyond its end, and multiplies the sum by the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddBlock(ulong low, ulong high)
    {
        ulong carry = 0;
        ulong h0 = Add(_h0, low, ref carry);
        ulong h1 = Add(_h1, high, ref carry);
        ulong h2 = _h2 + carry + 1;

        ulong high0 = Math.BigMul(h0, _r0, out ulong low0);
        AddProduct(h1, _folded, ref low0, ref high0);
        ulong high1 = Math.BigMul(h0, _r1, out ulong low1);
        AddProduct(h1, _r0, ref low1, ref high1);
        carry = 0;
        low1 = Add(low1, h2 * _folded, ref carry);
        high1 += carry;
        carry = 0;
        low1 = Add(low1, high0, ref carry);
        h2 = (h2 * _r0) + high1 + carry;

        // What is beyond 130 bits counts five times at the bottom.
        carry = 0;
        _h0 = Add(low0, (h2 >> 2) + (h2 & ~3UL), ref carry);
        _h1 = Add(low1, 0, ref carry);
        _h2 = (h2 & 3) + carry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(ulong left, ulong right, ref ulong low, ref ulong high)
    {
        ulong productHigh = Math.BigMul(left, right, out ulong productLow);
        low += productLow;
        high += productHigh + Unsafe.BitCast<bool, byte>(low < productLow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ulong left, ulong right, ref ulong carry)
    {
        ulong sum = left + right;
        ulong result = sum + carry;
        carry = (ulong)(Unsafe.BitCast<bool, byte>(sum < left) | Unsafe.BitCast<bool, byte>(result < sum));
        return result;
    }
}
