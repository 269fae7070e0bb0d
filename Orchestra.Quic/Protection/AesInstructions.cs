using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Orchestra.Quic.Protection;

/// <summary>
/// The processor's instructions for AES and GCM, of x86 and of Arm, under one name. They take the same time whatever the data.
/// Only for use where <see cref="IsSupported"/>: native code would ask again at each instruction, at many times its cost.
/// </summary>
internal static class AesInstructions
{
    public static bool IsSupported =>
        IsX86 ? X86Aes.IsSupported && Pclmulqdq.IsSupported && Ssse3.IsSupported : ArmAes.IsSupported;

    // Every x64 processor has it, so that compilers know the answer.
    private static bool IsX86 => Sse2.IsSupported;

    /// <summary>One round of encryption (FIPS 197 §5.1), the round key added last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> roundKey) =>
        IsX86
            ? X86Aes.Encrypt(state, roundKey)
            : ArmAes.MixColumns(ArmAes.Encrypt(state, Vector128<byte>.Zero)) ^ roundKey;

    /// <summary>The last round, which mixes no columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> roundKey) =>
        IsX86
            ? X86Aes.EncryptLast(state, roundKey)
            : ArmAes.Encrypt(state, Vector128<byte>.Zero) ^ roundKey;

    /// <summary>The product of both lower halves, as polynomials over GF(2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyLower(Vector128<ulong> left, Vector128<ulong> right) =>
        IsX86
            ? Pclmulqdq.CarrylessMultiply(left, right, 0x00)
            : ArmAes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetLower());

    /// <summary>The product of both upper halves, as polynomials over GF(2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyUpper(Vector128<ulong> left, Vector128<ulong> right) =>
        IsX86
            ? Pclmulqdq.CarrylessMultiply(left, right, 0x11)
            : ArmAes.PolynomialMultiplyWideningUpper(left, right);

    /// <summary>The sixteen bytes in reverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Reverse(Vector128<byte> value)
    {
        Vector128<byte> order = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        return IsX86 ? Ssse3.Shuffle(value, order) : Vector128.Shuffle(value, order);
    }
}
