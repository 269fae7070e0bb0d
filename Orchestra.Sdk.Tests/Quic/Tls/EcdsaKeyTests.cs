using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Orchestra.Quic.Tls;
using Org.BouncyCastle.Asn1.X509;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>Signatures of P-256: those of the platform are taken, and nothing else is.</summary>
internal sealed class EcdsaKeyTests
{
    private static readonly BigInteger Order =
        new(Hex.Parse("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"), isUnsigned: true, isBigEndian: true);

    private readonly ECDsa _platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private CertificateKey _key = null!;

    [OneTimeSetUp]
    public void Read() => _key = CertificateKey.Read(SubjectPublicKeyInfo.GetInstance(_platform.ExportSubjectPublicKeyInfo()));

    [OneTimeTearDown]
    public void Dispose() => _platform.Dispose();

    [Test]
    public void Takes_the_example_of_RFC_6979_appendix_A_2_5()
    {
        using var platform = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Hex.Parse("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
                Y = Hex.Parse("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"),
            },
        });
        CertificateKey key = CertificateKey.Read(SubjectPublicKeyInfo.GetInstance(platform.ExportSubjectPublicKeyInfo()));
        byte[] signature = Encode(
            Number("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"),
            Number("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"));

        Assert.That(key.Verify("sample"u8.ToArray(), signature), Is.True);
        Assert.That(key.Verify("simple"u8.ToArray(), signature), Is.False);
    }

    [Test]
    public void Takes_the_platforms_and_refuses_them_when_changed()
    {
        for (int length = 0; length < 40; length++)
        {
            byte[] message = new byte[length];
            byte[] signature = Sign(message);
            Assert.That(_key.Verify(message, signature), Is.True, $"{length} bytes");

            (BigInteger r, BigInteger s) = Decode(signature);
            Assert.That(_key.Verify([.. message, 0], signature), Is.False);
            Assert.That(_key.Verify(message, Encode(r ^ 1, s)), Is.False);
            Assert.That(_key.Verify(message, Encode(r, s ^ 1)), Is.False);
        }
    }

    [Test]
    public void Refuses_numbers_out_of_range()
    {
        byte[] message = [1];
        (BigInteger r, BigInteger s) = Decode(Sign(message));

        foreach (BigInteger bad in new[] { 0, Order, r + Order, -r, Order - r, BigInteger.Pow(2, 2_000) })
        {
            Assert.That(_key.Verify(message, Encode(bad, s)), Is.False, $"r = {bad}");
        }

        foreach (BigInteger bad in new[] { 0, Order, s + Order, -s, BigInteger.Pow(2, 2_000) })
        {
            Assert.That(_key.Verify(message, Encode(r, bad)), Is.False, $"s = {bad}");
        }
    }

    [Test]
    public void Refuses_what_is_not_DER()
    {
        byte[] message = [1];
        byte[] signature = Sign(message);

        Assert.That(_key.Verify(message, []), Is.False);
        Assert.That(_key.Verify(message, [.. signature, 0]), Is.False, "more behind it");
        Assert.That(_key.Verify(message, signature[..^1]), Is.False, "cut");
        Assert.That(_key.Verify(message, [0x30, 0x81, .. signature[1..]]), Is.False, "a length in a long form");
        Assert.That(_key.Verify(message, [0x30, (byte)(signature[1] + 3), .. signature[2..], 2, 1, 1]), Is.False, "a third number");
    }

    private byte[] Sign(byte[] message) =>
        _platform.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static BigInteger Number(string hexadecimal) => new(Hex.Parse(hexadecimal), isUnsigned: true, isBigEndian: true);

    private static (BigInteger R, BigInteger S) Decode(byte[] signature)
    {
        AsnReader pair = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        return (pair.ReadInteger(), pair.ReadInteger());
    }

    private static byte[] Encode(BigInteger r, BigInteger s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode();
    }
}
