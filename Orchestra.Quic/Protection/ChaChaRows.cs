using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Orchestra.Quic.Protection;

/// <summary>
/// The state of one block of ChaCha20 (RFC 8439 §2.3) as the rows of its matrix: a quarter round works on four columns, or diagonals,
/// at once. Nothing in it depends on the data but the data.
/// </summary>
internal struct ChaChaRows(Vector128<uint> keyStart, Vector128<uint> keyEnd, Vector128<uint> counterAndNonce)
{
    /// <summary>How often <see cref="DoubleRound"/> is done.</summary>
    public const int DoubleRounds = 10;

    private Vector128<uint> _a = Start;
    private Vector128<uint> _b = keyStart;
    private Vector128<uint> _c = keyEnd;
    private Vector128<uint> _d = counterAndNonce;

    /// <summary>The first row at the start.</summary>
    public static Vector128<uint> Start => Vector128.Create("expand 32-byte k"u8).AsUInt32();

    public readonly Vector128<uint> A => _a;

    public readonly Vector128<uint> B => _b;

    public readonly Vector128<uint> C => _c;

    public readonly Vector128<uint> D => _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DoubleRound()
    {
        QuarterRounds();
        _b = Vector128.Shuffle(_b, Vector128.Create(1u, 2, 3, 0));
        _c = Vector128.Shuffle(_c, Vector128.Create(2u, 3, 0, 1));
        _d = Vector128.Shuffle(_d, Vector128.Create(3u, 0, 1, 2));
        QuarterRounds();
        _b = Vector128.Shuffle(_b, Vector128.Create(3u, 0, 1, 2));
        _c = Vector128.Shuffle(_c, Vector128.Create(2u, 3, 0, 1));
        _d = Vector128.Shuffle(_d, Vector128.Create(1u, 2, 3, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void QuarterRounds()
    {
        _a += _b;
        _d = RotateLeft16(_d ^ _a);
        _c += _d;
        _b = RotateLeft(_b ^ _c, 12);
        _a += _b;
        _d = RotateLeft8(_d ^ _a);
        _c += _d;
        _b = RotateLeft(_b ^ _c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));

    // By whole bytes one instruction does it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft16(Vector128<uint> value) => Vector128.Shuffle(
        value.AsByte(), Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft8(Vector128<uint> value) => Vector128.Shuffle(
        value.AsByte(), Vector128.Create((byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14)).AsUInt32();
}
