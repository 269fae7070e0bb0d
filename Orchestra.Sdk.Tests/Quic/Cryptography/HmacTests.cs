using System.Text;
using Orchestra.Quic.Cryptography;

namespace Orchestra.Sdk.Tests.Quic.Cryptography;

/// <summary>The cases of RFC 4231 for both hashes; the sixth and seventh have keys that are longer than a block.</summary>
internal sealed class HmacTests
{
    private static readonly string LongKey = string.Concat(Enumerable.Repeat("aa", 131));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case(1, string.Concat(Enumerable.Repeat("0b", 20)), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        yield return Case(2, Convert.ToHexString("Jefe"u8), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        yield return Case(6, LongKey, "Test Using Larger Than Block-Size Key - Hash Key First", "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        yield return Case(
            7,
            LongKey,
            "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");

        static TestCaseData Case(int number, string key, string message, string sha256) =>
            new TestCaseData(key, message, sha256).SetName($"Case_{number}");
    }

    [TestCaseSource(nameof(Cases))]
    public void Are_those_of_the_standard(string key, string message, string sha256)
    {
        byte[] mac = new byte[32];
        Hmac.Compute(HashKind.Sha256, Hex.Parse(key), Encoding.ASCII.GetBytes(message), mac);
        Assert.That(Convert.ToHexStringLower(mac), Is.EqualTo(sha256));
    }

    [Test]
    public void The_second_case_is_so_by_SHA_384_too()
    {
        byte[] mac = new byte[48];
        Hmac.Compute(HashKind.Sha384, "Jefe"u8, "what do ya want for nothing?"u8, mac);
        Assert.That(
            Convert.ToHexStringLower(mac),
            Is.EqualTo("af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"));
    }
}
