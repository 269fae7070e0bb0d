namespace Orchestra.Quic.Cryptography;

/// <summary>
/// A point of the curve P-256 in projective coordinates, X/Z and Y/Z; Z is 0 at infinity. Ours and not BouncyCastle's, whose takes a time
/// that depends on the secret, and whose random numbers come of OpenSSL.
/// </summary>
internal readonly struct P256Point
{
    /// <summary>The length of an uncompressed point (SEC 1 §2.3.3).</summary>
    public const int EncodedLength = 1 + (2 * P256Element.Length);

    private const byte Uncompressed = 4;

    // Four bits of the scalar are worked off at once.
    private const int WindowBits = 4;
    private const int TableLength = 1 << WindowBits;

    private static readonly P256Element CurveB = Read("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    private readonly P256Element _x;
    private readonly P256Element _y;
    private readonly P256Element _z;

    private P256Point(in P256Element x, in P256Element y, in P256Element z)
    {
        _x = x;
        _y = y;
        _z = z;
    }

    /// <summary>The base point.</summary>
    public static P256Point Generator { get; } = new(
        Read("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"),
        Read("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"),
        P256Element.One);

    public bool IsInfinity => _z.IsZero;

    private static P256Point Infinity => new(default, P256Element.One, default);

    /// <summary>Reads an uncompressed point (RFC 8446 §4.2.8.2); false for any other form, and for a point that is not on the curve.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out P256Point point)
    {
        point = default;
        if (encoded.Length != EncodedLength || encoded[0] != Uncompressed ||
            !P256Element.TryRead(encoded.Slice(1, P256Element.Length), out P256Element x) ||
            !P256Element.TryRead(encoded[(1 + P256Element.Length)..], out P256Element y))
        {
            return false;
        }

        // y² = x³ - 3x + b.
        P256Element right = (x * x * x) - (x + x + x) + CurveB;
        point = new P256Point(x, y, P256Element.One);
        return ((y * y) - right).IsZero;
    }

    /// <summary>Writes it uncompressed. It must not be infinity.</summary>
    public void Encode(Span<byte> encoded)
    {
        P256Element inverse = _z.Invert();
        encoded[0] = Uncompressed;
        (_x * inverse).Write(encoded.Slice(1, P256Element.Length));
        (_y * inverse).Write(encoded[(1 + P256Element.Length)..]);
    }

    /// <summary>Writes the x coordinate. It must not be infinity.</summary>
    public void WriteX(Span<byte> x) => (_x * _z.Invert()).Write(x);

    /// <summary>
    /// The sum of any two points: the complete formula of Renes, Costello and Batina (Complete addition formulas for prime order elliptic
    /// curves, algorithm 4), which knows no special cases, and so no branches.
    /// </summary>
    public static P256Point operator +(in P256Point left, in P256Point right)
    {
        P256Element xx = left._x * right._x;
        P256Element yy = left._y * right._y;
        P256Element zz = left._z * right._z;
        P256Element xy = ((left._x + left._y) * (right._x + right._y)) - (xx + yy);
        P256Element yz = ((left._y + left._z) * (right._y + right._z)) - (yy + zz);
        P256Element xz = ((left._x + left._z) * (right._x + right._z)) - (xx + zz);
        P256Element u = Triple(xz - (CurveB * zz));
        P256Element zz3 = Triple(zz);
        P256Element v = Triple((CurveB * xz) - zz3 - xx);
        P256Element w = Triple(xx) - zz3;
        P256Element plus = yy + u;
        P256Element minus = yy - u;
        return new P256Point((xy * plus) - (yz * v), (plus * minus) + (w * v), (yz * minus) + (xy * w));
    }

    /// <summary>The point times a number of 32 bytes, the first the highest, in the same time whatever the number.</summary>
    public P256Point Multiply(ReadOnlySpan<byte> scalar)
    {
        Span<P256Point> multiples = stackalloc P256Point[TableLength];
        multiples[0] = Infinity;
        for (int i = 1; i < TableLength; i++)
        {
            multiples[i] = multiples[i - 1] + this;
        }

        P256Point result = Infinity;
        foreach (byte value in scalar)
        {
            result = TimesSixteen(result) + Select(multiples, value >> WindowBits);
            result = TimesSixteen(result) + Select(multiples, value & (TableLength - 1));
        }

        multiples.Clear();
        return result;
    }

    private static P256Point TimesSixteen(P256Point point)
    {
        for (int i = 0; i < WindowBits; i++)
        {
            point += point;
        }

        return point;
    }

    // Reads all, so that the cache does not tell which.
    private static P256Point Select(ReadOnlySpan<P256Point> multiples, int index)
    {
        P256Point result = default;
        for (int i = 0; i < multiples.Length; i++)
        {
            // All ones where i is the index: only 0 less 1 has the highest bit set.
            ulong mask = (ulong)((long)((ulong)(i ^ index) - 1) >> 63);
            result = new P256Point(
                P256Element.Select(mask, result._x, multiples[i]._x),
                P256Element.Select(mask, result._y, multiples[i]._y),
                P256Element.Select(mask, result._z, multiples[i]._z));
        }

        return result;
    }

    private static P256Element Triple(in P256Element value) => value + value + value;

    private static P256Element Read(string hexadecimal)
    {
        P256Element.TryRead(Convert.FromHexString(hexadecimal), out P256Element value);
        return value;
    }
}
