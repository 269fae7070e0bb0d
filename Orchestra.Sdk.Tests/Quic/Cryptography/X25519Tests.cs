using System.Numerics;
using CsCheck;
using Orchestra.Quic.Cryptography;
using BouncyX25519 = Org.BouncyCastle.Math.EC.Rfc7748.X25519;

namespace Orchestra.Sdk.Tests.Quic.Cryptography;

/// <summary>The vectors of RFC 7748, another implementation, and numbers of any size for the arithmetic.</summary>
internal sealed class X25519Tests
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    private static readonly Gen<byte[]> Keys = Gen.Byte.Array[X25519.Length];

    // Many zeros and ones: where carries are.
    private static readonly byte[] Extremes = [0, 1, 0xEC, 0xED, 0xEE, 0x7F, 0xFF];
    private static readonly Gen<byte[]> Numbers = Gen.OneOf(
        Keys, Gen.Int[0, Extremes.Length - 1].Select(i => Extremes[i]).Array[X25519.Length], Gen.Byte.Select(Near));

    [TestCase(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [TestCase(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void A_product_is_that_of_the_standard(string scalar, string point, string product)
    {
        byte[] result = new byte[X25519.Length];
        Assert.That(X25519.TryAgree(Hex.Parse(scalar), Hex.Parse(point), result));
        Assert.That(Convert.ToHexStringLower(result), Is.EqualTo(product));
    }

    [Test]
    public void A_thousand_rounds_lead_to_where_the_standard_says()
    {
        byte[] scalar = new byte[X25519.Length];
        scalar[0] = 9;
        byte[] point = [.. scalar];
        for (int i = 0; i < 1000; i++)
        {
            byte[] product = new byte[X25519.Length];
            X25519.TryAgree(scalar, point, product);
            (scalar, point) = (product, scalar);
            if (i == 0)
            {
                Assert.That(Convert.ToHexStringLower(scalar), Is.EqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
            }
        }

        Assert.That(Convert.ToHexStringLower(scalar), Is.EqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
    }

    [Test]
    public void A_public_key_is_that_of_another_implementation() => Keys.Sample(
        key =>
        {
            byte[] ours = new byte[X25519.Length], other = new byte[X25519.Length];
            X25519.MakePublicKey(key, ours);
            BouncyX25519.GeneratePublicKey(key, 0, other, 0);
            return ours.AsSpan().SequenceEqual(other);
        },
        iter: 100);

    [Test]
    public void All_keys_and_points_lead_to_what_another_implementation_finds() => Gen.Select(Keys, Numbers).Sample(
        (key, point) =>
        {
            byte[] ours = new byte[X25519.Length], other = new byte[X25519.Length];
            bool isUsable = X25519.TryAgree(key, point, ours);
            return isUsable == BouncyX25519.CalculateAgreement(key, 0, point, 0, other, 0) && ours.AsSpan().SequenceEqual(other);
        },
        iter: 300);

    [TestCase("0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("0100000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [TestCase("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_point_of_small_order_gives_no_secret(string point) =>
        Assert.That(X25519.TryAgree(Enumerable.Repeat((byte)0x55, X25519.Length).ToArray(), Hex.Parse(point), new byte[X25519.Length]), Is.False);

    [Test]
    public void The_arithmetic_is_that_of_numbers() => Gen.Select(Numbers, Numbers).Sample((left, right) =>
    {
        Curve25519Element a = Curve25519Element.Read(left), b = Curve25519Element.Read(right);
        BigInteger x = Number(left), y = Number(right);
        return Number(a) == x % Prime
            && Number(a + b) == (x + y) % Prime
            && Number(a - b) == (x + (2 * Prime) - y) % Prime
            && Number(a * b) == x * y % Prime
            && Number(a.Square()) == x * x % Prime
            && Number(a * 121665) == x * 121665 % Prime
            && Number((a - b) * (a + b)) == ((x * x) + (2 * Prime * Prime) - (y * y)) % Prime
            && Number((a - b).Square()) == (x - y) * (x - y) % Prime
            && Number(a.Invert()) == BigInteger.ModPow(x, Prime - 2, Prime);
    });

    private static byte[] Near(byte b)
    {
        // A number a little above or below the prime.
        byte[] bytes = new byte[X25519.Length];
        (Prime + (b % 40) - 20).TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger Number(byte[] bytes) => new BigInteger(bytes, isUnsigned: true) & (BigInteger.Pow(2, 255) - 1);

    private static BigInteger Number(Curve25519Element element)
    {
        byte[] bytes = new byte[X25519.Length];
        element.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }
}
