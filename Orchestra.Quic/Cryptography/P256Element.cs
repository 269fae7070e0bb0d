using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Orchestra.Quic.Cryptography;

/// <summary>
/// A number modulo P-256's prime (FIPS 186-5, SP 800-186 §3.2.1.3), in Montgomery's form, least word first. All operations take the same
/// time whatever the values.
/// </summary>
internal readonly struct P256Element(ulong w0, ulong w1, ulong w2, ulong w3)
{
    public const int Length = 32;

    // The prime; its third word is 0.
    private const ulong P0 = 0xFFFF_FFFF_FFFF_FFFF;
    private const ulong P1 = 0x0000_0000_FFFF_FFFF;
    private const ulong P3 = 0xFFFF_FFFF_0000_0001;

    private readonly ulong _w0 = w0;
    private readonly ulong _w1 = w1;
    private readonly ulong _w2 = w2;
    private readonly ulong _w3 = w3;

    public static P256Element One => new(1, 0xFFFF_FFFF_0000_0000, P0, 0x0000_0000_FFFF_FFFE);

    // 2^512, which brings a number into Montgomery's form.
    private static P256Element RadixSquared => new(3, 0xFFFF_FFFB_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFE, 0x0000_0004_FFFF_FFFD);

    /// <summary>Reads a number of 32 bytes, the first the highest; false when it is not below the prime.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out P256Element value)
    {
        var plain = new P256Element(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes));
        value = plain * RadixSquared;
        return SubtractPrime(plain, 0, out _) != 0;
    }

    /// <summary>Writes it in 32 bytes, the first the highest.</summary>
    public void Write(Span<byte> bytes)
    {
        P256Element plain = this * new P256Element(1, 0, 0, 0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], plain._w0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], plain._w1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], plain._w2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, plain._w3);
    }

    public bool IsZero => (_w0 | _w1 | _w2 | _w3) == 0;

    public static P256Element operator +(in P256Element left, in P256Element right)
    {
        ulong carry = 0;
        var sum = new P256Element(
            Add(left._w0, right._w0, ref carry),
            Add(left._w1, right._w1, ref carry),
            Add(left._w2, right._w2, ref carry),
            Add(left._w3, right._w3, ref carry));
        return Reduce(sum, carry);
    }

    public static P256Element operator -(in P256Element left, in P256Element right)
    {
        ulong borrow = 0;
        ulong r0 = Subtract(left._w0, right._w0, ref borrow);
        ulong r1 = Subtract(left._w1, right._w1, ref borrow);
        ulong r2 = Subtract(left._w2, right._w2, ref borrow);
        ulong r3 = Subtract(left._w3, right._w3, ref borrow);

        // The prime comes back where the difference is below 0.
        ulong mask = 0 - borrow;
        ulong carry = 0;
        return new P256Element(
            Add(r0, P0 & mask, ref carry), Add(r1, P1 & mask, ref carry), Add(r2, 0, ref carry), Add(r3, P3 & mask, ref carry));
    }

    /// <summary>Montgomery's product, a word of the right side at a time.</summary>
    public static P256Element operator *(in P256Element left, in P256Element right)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        MultiplyWord(left, right._w0, ref t0, ref t1, ref t2, ref t3, ref t4);
        MultiplyWord(left, right._w1, ref t0, ref t1, ref t2, ref t3, ref t4);
        MultiplyWord(left, right._w2, ref t0, ref t1, ref t2, ref t3, ref t4);
        MultiplyWord(left, right._w3, ref t0, ref t1, ref t2, ref t3, ref t4);
        return Reduce(new P256Element(t0, t1, t2, t3), t4);
    }

    /// <summary>Gives <paramref name="right"/> where <paramref name="mask"/> is all ones, <paramref name="left"/> where it is 0.</summary>
    public static P256Element Select(ulong mask, in P256Element left, in P256Element right) => new(
        left._w0 ^ (mask & (left._w0 ^ right._w0)),
        left._w1 ^ (mask & (left._w1 ^ right._w1)),
        left._w2 ^ (mask & (left._w2 ^ right._w2)),
        left._w3 ^ (mask & (left._w3 ^ right._w3)));

    /// <summary>The inverse; 0 of 0: by Fermat the power of the prime less 2, which is no secret.</summary>
    public P256Element Invert()
    {
        ReadOnlySpan<ulong> exponent = [P3, 0, P1, P0 - 2];
        P256Element result = One;
        foreach (ulong word in exponent)
        {
            for (int bit = 63; bit >= 0; bit--)
            {
                result *= result;
                if (((word >> bit) & 1) != 0)
                {
                    result *= this;
                }
            }
        }

        return result;
    }

    /// <summary>Adds left × word, then the multiple of the prime that makes the lowest word 0, and drops that word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyWord(
        in P256Element left, ulong word, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        ulong carry = 0;
        t0 = MultiplyAdd(left._w0, word, t0, ref carry);
        t1 = MultiplyAdd(left._w1, word, t1, ref carry);
        t2 = MultiplyAdd(left._w2, word, t2, ref carry);
        t3 = MultiplyAdd(left._w3, word, t3, ref carry);
        ulong t5 = 0;
        t4 = Add(t4, carry, ref t5);

        // The prime's lowest word is -1, so the multiple is t0 itself.
        ulong multiple = t0;
        carry = 0;
        MultiplyAdd(multiple, P0, t0, ref carry);
        t0 = MultiplyAdd(multiple, P1, t1, ref carry);
        ulong next = 0;
        t1 = Add(t2, carry, ref next);
        carry = next;
        t2 = MultiplyAdd(multiple, P3, t3, ref carry);
        next = 0;
        t3 = Add(t4, carry, ref next);
        t4 = t5 + next;
    }

    // Once is enough: the value is below twice the prime.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static P256Element Reduce(in P256Element value, ulong carry)
    {
        ulong isBelow = SubtractPrime(value, carry, out P256Element reduced);
        return Select(0 - isBelow, reduced, value);
    }

    /// <returns>1 when the value was below the prime, else 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SubtractPrime(in P256Element value, ulong carry, out P256Element result)
    {
        ulong borrow = 0;
        result = new P256Element(
            Subtract(value._w0, P0, ref borrow),
            Subtract(value._w1, P1, ref borrow),
            Subtract(value._w2, 0, ref borrow),
            Subtract(value._w3, P3, ref borrow));
        Subtract(carry, 0, ref borrow);
        return borrow;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong left, ulong right, ulong addend, ref ulong carry)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        low += addend;
        high += Bit(low < addend);
        low += carry;
        carry = high + Bit(low < carry);
        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ulong left, ulong right, ref ulong carry)
    {
        ulong sum = left + right;
        ulong result = sum + carry;
        carry = Bit(sum < left) | Bit(result < sum);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Subtract(ulong left, ulong right, ref ulong borrow)
    {
        ulong difference = left - right;
        ulong result = difference - borrow;
        borrow = Bit(left < right) | Bit(difference < borrow);
        return result;
    }

    // Without a branch: the comparison's result itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bit(bool value) => Unsafe.BitCast<bool, byte>(value);
}
