using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>AES, a block at a time or eight (FIPS 197); only where <see cref="AesInstructions"/> are supported.</summary>
internal sealed class AesBlockCipher
{
    public const int BlockLength = 16;

    /// <summary>How many blocks <see cref="AddKeyStream"/> takes.</summary>
    public const int Parallel = 8;

    private const int WordsPerBlock = 4;

    private readonly Vector128<byte>[] _roundKeys;

    public AesBlockCipher(ReadOnlySpan<byte> key) => _roundKeys = Expand(key);

    /// <summary>Encrypts <paramref name="counter"/>, whose last word is 0, with <paramref name="number"/> in that word.</summary>
    public Vector128<byte> Encrypt(Vector128<uint> counter, uint number) => Encrypt(Counter(counter, number));

    public Vector128<byte> Encrypt(Vector128<byte> block)
    {
        ReadOnlySpan<Vector128<byte>> keys = _roundKeys;
        block ^= keys[0];
        for (int i = 1; i < keys.Length - 1; i++)
        {
            block = AesInstructions.Round(block, keys[i]);
        }

        return AesInstructions.LastRound(block, keys[^1]);
    }

    /// <summary>
    /// Adds eight blocks of key stream to <paramref name="data"/>, made of <paramref name="counter"/>, whose last word is 0,
    /// with <paramref name="number"/> and its successors in that word. Eight take hardly longer than one: no round has to wait for another.
    /// </summary>
    public void AddKeyStream(Vector128<uint> counter, uint number, Span<Vector128<byte>> data)
    {
        ReadOnlySpan<Vector128<byte>> keys = _roundKeys;
        Vector128<byte> key = keys[0];
        Vector128<byte> b0 = Counter(counter, number) ^ key;
        Vector128<byte> b1 = Counter(counter, number + 1) ^ key;
        Vector128<byte> b2 = Counter(counter, number + 2) ^ key;
        Vector128<byte> b3 = Counter(counter, number + 3) ^ key;
        Vector128<byte> b4 = Counter(counter, number + 4) ^ key;
        Vector128<byte> b5 = Counter(counter, number + 5) ^ key;
        Vector128<byte> b6 = Counter(counter, number + 6) ^ key;
        Vector128<byte> b7 = Counter(counter, number + 7) ^ key;
        for (int i = 1; i < keys.Length - 1; i++)
        {
            key = keys[i];
            b0 = AesInstructions.Round(b0, key);
            b1 = AesInstructions.Round(b1, key);
            b2 = AesInstructions.Round(b2, key);
            b3 = AesInstructions.Round(b3, key);
            b4 = AesInstructions.Round(b4, key);
            b5 = AesInstructions.Round(b5, key);
            b6 = AesInstructions.Round(b6, key);
            b7 = AesInstructions.Round(b7, key);
        }

        key = keys[^1];
        data = data[..Parallel];
        data[0] ^= AesInstructions.LastRound(b0, key);
        data[1] ^= AesInstructions.LastRound(b1, key);
        data[2] ^= AesInstructions.LastRound(b2, key);
        data[3] ^= AesInstructions.LastRound(b3, key);
        data[4] ^= AesInstructions.LastRound(b4, key);
        data[5] ^= AesInstructions.LastRound(b5, key);
        data[6] ^= AesInstructions.LastRound(b6, key);
        data[7] ^= AesInstructions.LastRound(b7, key);
    }

    public void Clear() => _roundKeys.AsSpan().Clear();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Counter(Vector128<uint> counter, uint number) =>
        (counter ^ Vector128.Shuffle(
            Vector128.CreateScalar(BinaryPrimitives.ReverseEndianness(number)), Vector128.Create(1u, 1u, 1u, 0u))).AsByte();

    /// <summary>The key schedule (FIPS 197 §5.2).</summary>
    private static Vector128<byte>[] Expand(ReadOnlySpan<byte> key)
    {
        int keyWords = key.Length / sizeof(uint);
        int rounds = keyWords + 6;
        Span<uint> words = stackalloc uint[(rounds + 1) * WordsPerBlock];
        for (int i = 0; i < keyWords; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(i * sizeof(uint))..]);
        }

        uint roundConstant = 1;
        for (int i = keyWords; i < words.Length; i++)
        {
            uint word = words[i - 1];
            if (i % keyWords == 0)
            {
                word = BitOperations.RotateRight(SubstituteWord(word), 8) ^ roundConstant;
                roundConstant = roundConstant == 0x80 ? 0x1B : roundConstant << 1;
            }
            else if (keyWords > 6 && i % keyWords == 4)
            {
                word = SubstituteWord(word);
            }

            words[i] = words[i - keyWords] ^ word;
        }

        var roundKeys = new Vector128<byte>[rounds + 1];
        for (int i = 0; i < roundKeys.Length; i++)
        {
            roundKeys[i] = Vector128.Create<uint>(words.Slice(i * WordsPerBlock, WordsPerBlock)).AsByte();
        }

        words.Clear();
        return roundKeys;
    }

    /// <summary>A last round without a key; in four equal columns shifting the rows changes nothing.</summary>
    private static uint SubstituteWord(uint word) =>
        AesInstructions.LastRound(Vector128.Create(word).AsByte(), Vector128<byte>.Zero).AsUInt32().ToScalar();
}
