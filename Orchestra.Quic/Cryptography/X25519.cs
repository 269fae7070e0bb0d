using System.Security.Cryptography;

namespace Orchestra.Quic.Cryptography;

/// <summary>The function X25519 of RFC 7748 §5, in the same time for all keys.</summary>
internal static class X25519
{
    /// <summary>The length of keys and of what is agreed on.</summary>
    public const int Length = Curve25519Element.Length;

    // (486662 - 2) / 4, RFC 7748 §5.
    private const uint A24 = 121665;

    /// <summary>Computes the public key of a private one.</summary>
    public static void MakePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        Span<byte> basePoint = stackalloc byte[Length];
        basePoint.Clear();
        basePoint[0] = 9;
        _ = TryAgree(privateKey, basePoint, publicKey);
    }

    /// <summary>Computes what both sides share.</summary>
    /// <returns>False where it is 0: the peer chose a point of small order for that (RFC 7748 §6.1).</returns>
    public static bool TryAgree(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey, Span<byte> secret)
    {
        Span<byte> scalar = stackalloc byte[Length];
        privateKey.CopyTo(scalar);
        scalar[0] &= 0xF8;
        scalar[^1] = (byte)((scalar[^1] & 0x7F) | 0x40);
        Multiply(scalar, Curve25519Element.Read(publicKey)).Write(secret);
        CryptographicOperations.ZeroMemory(scalar);
        Span<byte> zero = stackalloc byte[Length];
        zero.Clear();
        return !CryptographicOperations.FixedTimeEquals(secret, zero);
    }

    // Montgomery's ladder, with the names of RFC 7748 §5.
    private static Curve25519Element Multiply(ReadOnlySpan<byte> scalar, in Curve25519Element x1)
    {
        Curve25519Element x2 = Curve25519Element.One, z2 = default, x3 = x1, z3 = Curve25519Element.One;
        ulong swap = 0;
        for (int bit = 254; bit >= 0; bit--)
        {
            ulong next = (ulong)(scalar[bit / 8] >> (bit % 8)) & 1;
            ulong mask = 0 - (swap ^ next);
            swap = next;
            Curve25519Element.Swap(mask, ref x2, ref x3);
            Curve25519Element.Swap(mask, ref z2, ref z3);

            Curve25519Element a = x2 + z2, b = x2 - z2;
            Curve25519Element aa = a.Square(), bb = b.Square();
            Curve25519Element e = aa - bb;
            Curve25519Element da = (x3 - z3) * a, cb = (x3 + z3) * b;
            x3 = (da + cb).Square();
            z3 = x1 * (da - cb).Square();
            x2 = aa * bb;
            z2 = e * (aa + (e * A24));
        }

        Curve25519Element.Swap(0 - swap, ref x2, ref x3);
        Curve25519Element.Swap(0 - swap, ref z2, ref z3);
        return x2 * z2.Invert();
    }
}
