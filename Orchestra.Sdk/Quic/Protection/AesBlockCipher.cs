using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Orchestra.Sdk.Quic.Protection;

/// <summary>
/// One block of AES (FIPS 197) by the processor's AES instructions, which take the same time whatever the data; only where
/// <see cref="IsSupported"/>.
/// </summary>
internal readonly struct AesBlockCipher
{
    public const int BlockLength = 16;

    private const int WordsPerBlock = 4;

    private readonly Vector128<byte>[] _roundKeys;

    public AesBlockCipher(ReadOnlySpan<byte> key) => _roundKeys = Expand(key);

    public static bool IsSupported => X86Aes.IsSupported || ArmAes.IsSupported;

    public ReadOnlySpan<Vector128<byte>> RoundKeys => _roundKeys;

    public void Encrypt(ReadOnlySpan<byte> input, Span<byte> output) =>
        Encrypt(_roundKeys, Vector128.Create(input)).CopyTo(output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encrypt(ReadOnlySpan<Vector128<byte>> roundKeys, Vector128<byte> state)
    {
        int last = roundKeys.Length - 1;
        if (X86Aes.IsSupported)
        {
            state ^= roundKeys[0];
            for (int i = 1; i < last; i++)
            {
                state = X86Aes.Encrypt(state, roundKeys[i]);
            }

            return X86Aes.EncryptLast(state, roundKeys[last]);
        }

        // Arm's instruction adds the round key first.
        for (int i = 0; i < last - 1; i++)
        {
            state = ArmAes.MixColumns(ArmAes.Encrypt(state, roundKeys[i]));
        }

        return ArmAes.Encrypt(state, roundKeys[last - 1]) ^ roundKeys[last];
    }

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
    private static uint SubstituteWord(uint word)
    {
        Vector128<byte> columns = Vector128.Create(word).AsByte();
        Vector128<byte> substituted = X86Aes.IsSupported
            ? X86Aes.EncryptLast(columns, Vector128<byte>.Zero)
            : ArmAes.Encrypt(columns, Vector128<byte>.Zero);
        return substituted.AsUInt32().ToScalar();
    }
}
