using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>
/// The rounds of ChaCha20 (RFC 8439 §2.3). The state of a block is the four rows of its matrix: a quarter round works on four columns, or
/// diagonals, at once.
/// </summary>
internal static class ChaChaRounds
{
    /// <summary>How often <see cref="DoubleRound"/> is done.</summary>
    public const int DoubleRounds = 10;

    /// <summary>The first row at the start.</summary>
    public static Vector128<uint> Start => Vector128.Create("expand 32-byte k"u8).AsUInt32();

    /// <summary>Two rounds; several blocks' in turn take hardly longer than one block's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DoubleRound(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        QuarterRounds(ref a, ref b, ref c, ref d);
        b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
        c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
        d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
        QuarterRounds(ref a, ref b, ref c, ref d);
        b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
        c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
        d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRounds(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        a += b;
        d = RotateLeft(d ^ a, 16);
        c += d;
        b = RotateLeft(b ^ c, 12);
        a += b;
        d = RotateLeft(d ^ a, 8);
        c += d;
        b = RotateLeft(b ^ c, 7);
    }

    // Not by a shuffle of bytes, which native code, made for the oldest x64 processors, would do one by one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));
}
