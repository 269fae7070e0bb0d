using System.Numerics;
using System.Security.Cryptography;
using CsCheck;
using Orchestra.Quic.Cryptography;

namespace Orchestra.Sdk.Tests.Quic.Cryptography;

public class P256Tests
{
    private static readonly BigInteger Prime =
        BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1;

    private static readonly BigInteger Order = Number(Hex.Parse("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

    // Words that carry far, and others.
    private static readonly Gen<ulong> Word = Gen.OneOf(
        Gen.OneOf(0UL, 1UL, 0xFFFF_FFFFUL, 0xFFFF_FFFF_0000_0000, 0xFFFF_FFFF_0000_0001, ulong.MaxValue - 1, ulong.MaxValue), Gen.ULong);

    private static readonly Gen<BigInteger> Element = Word.Array[4].Select(words =>
        words.Aggregate(BigInteger.Zero, (value, word) => (value << 64) | word) % Prime);

    [Test]
    public void Calculates_modulo_the_prime() => Gen.Select(Element, Element).Sample((left, right) =>
    {
        P256Element a = Read(left);
        P256Element b = Read(right);
        Assert.That(Number(a + b), Is.EqualTo((left + right) % Prime));
        Assert.That(Number(a - b), Is.EqualTo((left - right + Prime) % Prime));
        Assert.That(Number(a * b), Is.EqualTo(left * right % Prime));
        Assert.That(Number(P256Element.Select(ulong.MaxValue, a, b)), Is.EqualTo(right));
        Assert.That(Number(P256Element.Select(0, a, b)), Is.EqualTo(left));
    });

    [Test]
    public void Inverts() => Element.Sample(
        value => Assert.That(Number(Read(value).Invert()), Is.EqualTo(BigInteger.ModPow(value, Prime - 2, Prime))), iter: 50);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5)]
    public void Reads_no_number_from_the_prime_on(int beyond)
    {
        Assert.That(P256Element.TryRead(Bytes(Prime + beyond), out _), Is.False);
        Assert.That(P256Element.TryRead(Bytes(BigInteger.Pow(2, 256) - 1 - beyond), out _), Is.False);
        Assert.That(P256Element.TryRead(Bytes(Prime - 1 - beyond), out _), Is.True);
    }

    [Test]
    public void Multiplies_by_every_window_and_by_what_leads_to_infinity()
    {
        P256Point sum = default;
        for (int i = 1; i <= 40; i++)
        {
            sum = i == 1 ? P256Point.Generator : sum + P256Point.Generator;
            Assert.That(Encode(P256Point.Generator.Multiply(Bytes(i))), Is.EqualTo(Encode(sum)), $"{i}");
        }

        Assert.That(P256Point.Generator.Multiply(Bytes(0)).IsInfinity);
        Assert.That(P256Point.Generator.Multiply(Bytes(Order)).IsInfinity);
        Assert.That(Encode(P256Point.Generator.Multiply(Bytes(Order + 1))), Is.EqualTo(Encode(P256Point.Generator)));
        P256Point last = P256Point.Generator.Multiply(Bytes(Order - 1));
        Assert.That((last + P256Point.Generator).IsInfinity);
        Assert.That(Encode(last)[1..33], Is.EqualTo(Encode(P256Point.Generator)[1..33]));
    }

    [Test]
    public void Agrees_with_the_platform()
    {
        for (int i = 0; i < 30; i++)
        {
            using var theirs = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            ECPoint q = theirs.ExportParameters(includePrivateParameters: false).Q;
            byte[] key = P256Order.GenerateKey();
            byte[] point = Encode(P256Point.Generator.Multiply(key));
            using var ours = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[1..33], Y = point[33..] },
            });

            Assert.That(P256Point.TryDecode([4, .. q.X!, .. q.Y!], out P256Point peer));
            byte[] secret = new byte[32];
            peer.Multiply(key).WriteX(secret);
            Assert.That(secret, Is.EqualTo(theirs.DeriveRawSecretAgreement(ours.PublicKey)));
        }
    }

    [Test]
    public void Takes_no_point_but_an_uncompressed_one_of_the_curve()
    {
        byte[] point = Encode(P256Point.Generator);

        Assert.That(P256Point.TryDecode(point, out _), Is.True);
        Assert.That(P256Point.TryDecode([0], out _), Is.False, "infinity");
        Assert.That(P256Point.TryDecode([3, .. point[1..33]], out _), Is.False, "compressed");
        Assert.That(P256Point.TryDecode([6, .. point[1..]], out _), Is.False, "hybrid");
        Assert.That(P256Point.TryDecode([.. point, 0], out _), Is.False, "too long");
        Assert.That(P256Point.TryDecode([4, .. new byte[64]], out _), Is.False, "zeros");
        Assert.That(P256Point.TryDecode([4, .. Bytes(Prime), .. point[33..]], out _), Is.False, "x beyond the prime");
        for (int i = 1; i < point.Length; i++)
        {
            byte[] changed = point.ToArray();
            changed[i] ^= 1;
            Assert.That(P256Point.TryDecode(changed, out _), Is.False, $"byte {i}");
        }
    }

    [Test]
    public void Makes_keys_below_the_order_and_never_the_same() =>
        Assert.That(
            Enumerable.Range(0, 100).Select(_ => Number(P256Order.GenerateKey())),
            Is.Unique.And.All.InRange(BigInteger.One, Order - 1));

    private static P256Element Read(BigInteger value)
    {
        Assert.That(P256Element.TryRead(Bytes(value), out P256Element element));
        return element;
    }

    private static BigInteger Number(P256Element element)
    {
        byte[] bytes = new byte[P256Element.Length];
        element.Write(bytes);
        return Number(bytes);
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value)
    {
        byte[] bytes = new byte[32];
        byte[] number = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        number.CopyTo(bytes, bytes.Length - number.Length);
        return bytes;
    }

    private static byte[] Encode(P256Point point)
    {
        byte[] encoded = new byte[P256Point.EncodedLength];
        point.Encode(encoded);
        return encoded;
    }
}
