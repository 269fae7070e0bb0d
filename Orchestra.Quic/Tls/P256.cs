using System.Security.Cryptography;

namespace Orchestra.Quic.Tls;

/// <summary>Points of the curve P-256, by the platform's cryptography: BouncyCastle's would bring all its curves along.</summary>
internal static class P256
{
    private const int CoordinateLength = 32;
    private const byte Uncompressed = 4;

    /// <summary>Reads an uncompressed point (RFC 8446 §4.2.8.2). Whether it is on the curve shows when a key is made of it.</summary>
    /// <param name="point">The point.</param>
    /// <returns>The public key.</returns>
    /// <exception cref="CryptographicException">The point is of another form.</exception>
    public static ECParameters Decode(ReadOnlySpan<byte> point) =>
        point.Length == 1 + (2 * CoordinateLength) && point[0] == Uncompressed
            ? new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point.Slice(1, CoordinateLength).ToArray(), Y = point[(1 + CoordinateLength)..].ToArray() },
            }
            : throw new CryptographicException("This is no uncompressed point of P-256.");

    /// <summary>Writes an uncompressed point.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Its encoding.</returns>
    public static byte[] Encode(ECPoint point) => [Uncompressed, .. point.X!, .. point.Y!];
}
