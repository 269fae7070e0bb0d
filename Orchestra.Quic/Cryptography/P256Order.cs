using Org.BouncyCastle.Math;

namespace Orchestra.Quic.Cryptography;

/// <summary>What is done modulo the order of P-256: private keys, and the signatures of others.</summary>
internal static class P256Order
{
    public const int Length = 32;

    private static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ];

    /// <summary>Makes a private key: a random number from 1 to the order less 1.</summary>
    public static byte[] GenerateKey()
    {
        byte[] key = new byte[Length];
        do
        {
            SystemRandom.Fill(key);
        }
        while (key.AsSpan().SequenceCompareTo(Order) >= 0 || !key.AsSpan().ContainsAnyExcept((byte)0));

        return key;
    }

    /// <summary>
    /// Whether (<paramref name="r"/>, <paramref name="s"/>), numbers with signs as DER has them, signs <paramref name="hash"/>
    /// (FIPS 186-5 §6.4.2). Nothing here is secret.
    /// </summary>
    public static bool Verify(in P256Point key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s)
    {
        var order = new BigInteger(1, Order);
        var first = new BigInteger(r.ToArray());
        var second = new BigInteger(s.ToArray());
        if (!IsInRange(first, order) || !IsInRange(second, order))
        {
            return false;
        }

        BigInteger inverse = second.ModInverse(order);
        P256Point point =
            P256Point.Generator.Multiply(Scalar(new BigInteger(1, hash).Multiply(inverse), order)) +
            key.Multiply(Scalar(first.Multiply(inverse), order));
        if (point.IsInfinity)
        {
            return false;
        }

        Span<byte> x = stackalloc byte[P256Element.Length];
        point.WriteX(x);
        return new BigInteger(1, x).Mod(order).Equals(first);
    }

    private static bool IsInRange(BigInteger value, BigInteger order) => value.SignValue > 0 && value.CompareTo(order) < 0;

    private static byte[] Scalar(BigInteger value, BigInteger order)
    {
        byte[] scalar = new byte[Length];
        byte[] bytes = value.Mod(order).ToByteArrayUnsigned();
        bytes.CopyTo(scalar, Length - bytes.Length);
        return scalar;
    }
}
