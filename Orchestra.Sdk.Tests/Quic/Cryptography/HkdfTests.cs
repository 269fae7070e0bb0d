using System.Security.Cryptography;
using CsCheck;
using Orchestra.Quic.Cryptography;

namespace Orchestra.Sdk.Tests.Quic.Cryptography;

internal sealed class HkdfTests
{
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 300];

    [Test]
    public void Is_that_of_RFC_5869_appendix_A_1()
    {
        byte[] key = new byte[32];
        Hkdf.Extract(HashKind.Sha256, Hex.Parse("000102030405060708090a0b0c"), Hex.Parse("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), key);
        byte[] output = new byte[42];
        Hkdf.Expand(HashKind.Sha256, key, Hex.Parse("f0f1f2f3f4f5f6f7f8f9"), output);

        Assert.That(key, Is.EqualTo(Hex.Parse("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")));
        Assert.That(
            output, Is.EqualTo(Hex.Parse("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")));
    }

    [Test]
    public void Is_the_platforms([Values] HashKind kind) =>
        Gen.Select(Bytes, Bytes, Bytes, Gen.Int[0, 300]).Sample((input, salt, info, length) =>
        {
            byte[] key = new byte[kind.Length()];
            byte[] output = new byte[length];
            Hkdf.Extract(kind, salt, input, key);
            Hkdf.Expand(kind, key, info, output);

            Assert.That(key, Is.EqualTo(HKDF.Extract(NameOf(kind), input, salt)));
            Assert.That(output, Is.EqualTo(length == 0 ? [] : HKDF.Expand(NameOf(kind), key, length, info)));
        });

    [Test]
    public void Makes_the_platforms_authentication_codes([Values] HashKind kind) =>
        Gen.Select(Bytes, Bytes).Sample((key, message) =>
        {
            byte[] mac = new byte[kind.Length()];
            Hmac.Compute(kind, key, message, mac);
            Assert.That(mac, Is.EqualTo(CryptographicOperations.HmacData(NameOf(kind), key, message)));
        });

    private static HashAlgorithmName NameOf(HashKind kind) =>
        kind == HashKind.Sha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
}
