using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>
/// The hash of GCM (NIST SP 800-38D §6.4) under one key. Calculated as POLYVAL, its mirror image, which spares the reversal
/// of bits (RFC 8452 appendix A); eight blocks are multiplied by the powers of the key and reduced together.
/// </summary>
internal sealed class Ghash
{
    private const int BlockLength = AesBlockCipher.BlockLength;
    private const int MaxBlocks = 8;

    // The upper half of x^128 + x^127 + x^126 + x^121 + 1.
    private const ulong Polynomial = 0xC200_0000_0000_0000;

    // The key's first power comes last, as the last block of a group is multiplied by it.
    private readonly Vector128<ulong>[] _powers = new Vector128<ulong>[MaxBlocks];

    public Ghash(Vector128<byte> key)
    {
        Vector128<ulong> first = MultiplyByX(AesInstructions.Reverse(key).AsUInt64());
        _powers[^1] = first;
        for (int i = MaxBlocks - 2; i >= 0; i--)
        {
            var product = default(Product);
            product.Add(_powers[i + 1], first);
            _powers[i] = product.Reduce();
        }
    }

    /// <summary>Takes <paramref name="data"/> into <paramref name="state"/>, padded by zeros to whole blocks.</summary>
    public Vector128<ulong> Update(Vector128<ulong> state, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<Vector128<byte>> blocks = MemoryMarshal.Cast<byte, Vector128<byte>>(data);
        ReadOnlySpan<byte> rest = data[(blocks.Length * BlockLength)..];
        while (!blocks.IsEmpty)
        {
            int count = Math.Min(blocks.Length, MaxBlocks);
            state = Update(state, blocks[..count]);
            blocks = blocks[count..];
        }

        if (!rest.IsEmpty)
        {
            Vector128<byte> padded = default;
            rest.CopyTo(MemoryMarshal.AsBytes(new Span<Vector128<byte>>(ref padded)));
            state = Update(state, [padded]);
        }

        return state;
    }

    /// <summary>Takes in the lengths, in bytes, of what came before, and gives the hash.</summary>
    public Vector128<byte> Finish(Vector128<ulong> state, int associatedLength, int length)
    {
        var product = default(Product);
        product.Add(state ^ Vector128.Create((ulong)length * 8, (ulong)associatedLength * 8), _powers[^1]);
        return AesInstructions.Reverse(product.Reduce().AsByte());
    }

    public void Clear() => _powers.AsSpan().Clear();

    private Vector128<ulong> Update(Vector128<ulong> state, ReadOnlySpan<Vector128<byte>> blocks)
    {
        ReadOnlySpan<Vector128<ulong>> powers = _powers.AsSpan(MaxBlocks - blocks.Length);
        var product = default(Product);
        for (int i = 0; i < blocks.Length && i < powers.Length; i++)
        {
            product.Add(state ^ AesInstructions.Reverse(blocks[i]).AsUInt64(), powers[i]);
            state = Vector128<ulong>.Zero;
        }

        return product.Reduce();
    }

    private static Vector128<ulong> MultiplyByX(Vector128<ulong> value)
    {
        ulong low = value[0];
        ulong high = value[1];
        ulong carry = 0UL - (high >> 63);
        return Vector128.Create((low << 1) ^ (carry & 1), (high << 1) ^ (low >> 63) ^ (carry & Polynomial));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Swap(Vector128<ulong> value) => Vector128.Shuffle(value, Vector128.Create(1UL, 0UL));

    /// <summary>A sum of products of 256 bits, held in three parts that overlap by half.</summary>
    private struct Product
    {
        private Vector128<ulong> _low;
        private Vector128<ulong> _middle;
        private Vector128<ulong> _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector128<ulong> left, Vector128<ulong> right)
        {
            Vector128<ulong> swapped = Swap(right);
            _low ^= AesInstructions.MultiplyLower(left, right);
            _high ^= AesInstructions.MultiplyUpper(left, right);
            _middle ^= AesInstructions.MultiplyLower(left, swapped) ^ AesInstructions.MultiplyUpper(left, swapped);
        }

        /// <summary>Montgomery's reduction, 64 bits at a time.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector128<ulong> Reduce()
        {
            Vector128<ulong> polynomial = Vector128.CreateScalar(Polynomial);
            Vector128<ulong> low = _low ^ Vector128.Create(Vector64<ulong>.Zero, _middle.GetLower());
            Vector128<ulong> high = _high ^ Vector128.Create(_middle.GetUpper(), Vector64<ulong>.Zero);
            low = Swap(low) ^ AesInstructions.MultiplyLower(low, polynomial);
            low = Swap(low) ^ AesInstructions.MultiplyLower(low, polynomial);
            return high ^ low;
        }
    }
}
