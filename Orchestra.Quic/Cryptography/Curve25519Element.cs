using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Orchestra.Quic.Cryptography;

/// <summary>
/// A number modulo 2^255 - 19 (RFC 7748 §4.1) in five words of 51 bits, least first, which may each be somewhat more until it is written.
/// All operations take the same time whatever the values.
/// </summary>
/// <remarks>
/// Words are below 2^51 + 2^14 when they are read or come of a product, twice that after a sum, and below 2^53 after a difference of such
/// that are no sums; products take words below 2^54.
/// </remarks>
internal readonly struct Curve25519Element(ulong w0, ulong w1, ulong w2, ulong w3, ulong w4)
{
    public const int Length = 32;

    private const int WordBits = 51;
    private const ulong WordMask = (1UL << WordBits) - 1;

    // What 2^255 is of the prime.
    private const ulong Fold = 19;

    private readonly ulong _w0 = w0;
    private readonly ulong _w1 = w1;
    private readonly ulong _w2 = w2;
    private readonly ulong _w3 = w3;
    private readonly ulong _w4 = w4;

    public static Curve25519Element One => new(1, 0, 0, 0, 0);

    /// <summary>Reads a number of 32 bytes, the first the lowest, without its highest bit (RFC 7748 §5).</summary>
    public static Curve25519Element Read(ReadOnlySpan<byte> bytes)
    {
        ulong b0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong b1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong b2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        ulong b3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new Curve25519Element(
            b0 & WordMask,
            ((b0 >> 51) | (b1 << 13)) & WordMask,
            ((b1 >> 38) | (b2 << 26)) & WordMask,
            ((b2 >> 25) | (b3 << 39)) & WordMask,
            (b3 >> 12) & WordMask);
    }

    /// <summary>Writes it in 32 bytes, the first the lowest, as the number below the prime that it is.</summary>
    public void Write(Span<byte> bytes)
    {
        Curve25519Element value = Carry(Carry(this));

        // Whether it is not below the prime: then adding 19 goes over 2^255.
        ulong over = (value._w0 + Fold) >> WordBits;
        over = (value._w1 + over) >> WordBits;
        over = (value._w2 + over) >> WordBits;
        over = (value._w3 + over) >> WordBits;
        over = (value._w4 + over) >> WordBits;

        ulong w0 = value._w0 + (Fold * over);
        ulong w1 = value._w1 + (w0 >> WordBits);
        ulong w2 = value._w2 + (w1 >> WordBits);
        ulong w3 = value._w3 + (w2 >> WordBits);
        ulong w4 = (value._w4 + (w3 >> WordBits)) & WordMask;
        (w0, w1, w2, w3) = (w0 & WordMask, w1 & WordMask, w2 & WordMask, w3 & WordMask);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, w0 | (w1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (w1 >> 13) | (w2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (w2 >> 26) | (w3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (w3 >> 39) | (w4 << 12));
    }

    public static Curve25519Element operator +(in Curve25519Element left, in Curve25519Element right) => new(
        left._w0 + right._w0, left._w1 + right._w1, left._w2 + right._w2, left._w3 + right._w3, left._w4 + right._w4);

    /// <summary>The difference; twice the prime is added, so that no word is below 0. The right side must be no sum.</summary>
    public static Curve25519Element operator -(in Curve25519Element left, in Curve25519Element right)
    {
        const ulong Lowest = 2 * (WordMask - (Fold - 1));
        const ulong Others = 2 * WordMask;
        return new Curve25519Element(
            left._w0 + Lowest - right._w0,
            left._w1 + Others - right._w1,
            left._w2 + Others - right._w2,
            left._w3 + Others - right._w3,
            left._w4 + Others - right._w4);
    }

    public static Curve25519Element operator *(in Curve25519Element left, in Curve25519Element right)
    {
        ulong a0 = left._w0, a1 = left._w1, a2 = left._w2, a3 = left._w3, a4 = left._w4;
        ulong b0 = right._w0, b1 = right._w1, b2 = right._w2, b3 = right._w3, b4 = right._w4;
        ulong f1 = b1 * Fold, f2 = b2 * Fold, f3 = b3 * Fold, f4 = b4 * Fold;
        var r0 = new Sum(a0, b0);
        r0.Add(a1, f4);
        r0.Add(a2, f3);
        r0.Add(a3, f2);
        r0.Add(a4, f1);
        var r1 = new Sum(a0, b1);
        r1.Add(a1, b0);
        r1.Add(a2, f4);
        r1.Add(a3, f3);
        r1.Add(a4, f2);
        var r2 = new Sum(a0, b2);
        r2.Add(a1, b1);
        r2.Add(a2, b0);
        r2.Add(a3, f4);
        r2.Add(a4, f3);
        var r3 = new Sum(a0, b3);
        r3.Add(a1, b2);
        r3.Add(a2, b1);
        r3.Add(a3, b0);
        r3.Add(a4, f4);
        var r4 = new Sum(a0, b4);
        r4.Add(a1, b3);
        r4.Add(a2, b2);
        r4.Add(a3, b1);
        r4.Add(a4, b0);
        return Carry(r0, r1, r2, r3, r4);
    }

    /// <summary>The product with a number below 2^17.</summary>
    public static Curve25519Element operator *(in Curve25519Element left, uint right) =>
        Carry(new Sum(left._w0, right), new Sum(left._w1, right), new Sum(left._w2, right), new Sum(left._w3, right), new Sum(left._w4, right));

    public Curve25519Element Square()
    {
        ulong d0 = _w0 * 2, d1 = _w1 * 2, d2 = _w2 * 2;
        ulong f3 = _w3 * Fold, f4 = _w4 * Fold;
        var r0 = new Sum(_w0, _w0);
        r0.Add(d1, f4);
        r0.Add(d2, f3);
        var r1 = new Sum(d0, _w1);
        r1.Add(d2, f4);
        r1.Add(_w3, f3);
        var r2 = new Sum(d0, _w2);
        r2.Add(_w1, _w1);
        r2.Add(_w3 * 2, f4);
        var r3 = new Sum(d0, _w3);
        r3.Add(d1, _w2);
        r3.Add(_w4, f4);
        var r4 = new Sum(d0, _w4);
        r4.Add(d1, _w3);
        r4.Add(_w2, _w2);
        return Carry(r0, r1, r2, r3, r4);
    }

    /// <summary>Gives the two in their order where <paramref name="mask"/> is 0, the other way round where it is all ones.</summary>
    public static void Swap(ulong mask, ref Curve25519Element left, ref Curve25519Element right)
    {
        ulong x0 = mask & (left._w0 ^ right._w0);
        ulong x1 = mask & (left._w1 ^ right._w1);
        ulong x2 = mask & (left._w2 ^ right._w2);
        ulong x3 = mask & (left._w3 ^ right._w3);
        ulong x4 = mask & (left._w4 ^ right._w4);
        left = new Curve25519Element(left._w0 ^ x0, left._w1 ^ x1, left._w2 ^ x2, left._w3 ^ x3, left._w4 ^ x4);
        right = new Curve25519Element(right._w0 ^ x0, right._w1 ^ x1, right._w2 ^ x2, right._w3 ^ x3, right._w4 ^ x4);
    }

    /// <summary>The inverse; 0 of 0: by Fermat the power of 2^255 - 21. Names tell how many ones the exponents have.</summary>
    public Curve25519Element Invert()
    {
        Curve25519Element two = Square();
        Curve25519Element nine = two.Square(2) * this;
        Curve25519Element eleven = nine * two;
        Curve25519Element ones5 = eleven.Square() * nine;
        Curve25519Element ones10 = ones5.Square(5) * ones5;
        Curve25519Element ones20 = ones10.Square(10) * ones10;
        Curve25519Element ones40 = ones20.Square(20) * ones20;
        Curve25519Element ones50 = ones40.Square(10) * ones10;
        Curve25519Element ones100 = ones50.Square(50) * ones50;
        Curve25519Element ones200 = ones100.Square(100) * ones100;
        Curve25519Element ones250 = ones200.Square(50) * ones50;
        return ones250.Square(5) * eleven;
    }

    private Curve25519Element Square(int times)
    {
        Curve25519Element value = this;
        for (int i = 0; i < times; i++)
        {
            value = value.Square();
        }

        return value;
    }

    private static Curve25519Element Carry(in Curve25519Element value) => Carry(
        new Sum(value._w0), new Sum(value._w1), new Sum(value._w2), new Sum(value._w3), new Sum(value._w4));

    /// <summary>Hands what is above 51 bits on to the next word, and what is above the last one, folded, to the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Curve25519Element Carry(Sum r0, Sum r1, Sum r2, Sum r3, Sum r4)
    {
        r1.Add(r0.High);
        r2.Add(r1.High);
        r3.Add(r2.High);
        r4.Add(r3.High);
        ulong w0 = r0.Word + (r4.High * Fold);
        return new Curve25519Element(w0 & WordMask, r1.Word + (w0 >> WordBits), r2.Word, r3.Word, r4.Word);
    }

    /// <summary>A sum of products, below 2^115.</summary>
    private struct Sum
    {
        private ulong _low;
        private ulong _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sum(ulong value) => _low = value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sum(ulong left, ulong right) => _high = Math.BigMul(left, right, out _low);

        public readonly ulong Word => _low & WordMask;

        public readonly ulong High => (_high << (64 - WordBits)) | (_low >> WordBits);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ulong left, ulong right)
        {
            _high += Math.BigMul(left, right, out ulong low);
            Add(low);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ulong value)
        {
            _low += value;
            _high += _low < value ? 1UL : 0UL;
        }
    }
}
