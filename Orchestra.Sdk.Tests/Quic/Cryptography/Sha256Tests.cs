using System.Security.Cryptography;
using System.Text;
using Orchestra.Quic.Cryptography;

namespace Orchestra.Sdk.Tests.Quic.Cryptography;

/// <summary>The examples of FIPS 180-4, and the platform's SHA-256 for the lengths around whole blocks.</summary>
internal sealed class Sha256Tests
{
    [TestCase("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Hashes_are_those_of_the_standard(string message, string hash) =>
        Assert.That(Hash(Encoding.ASCII.GetBytes(message)), Is.EqualTo(hash));

    [Test]
    public void A_million_letters_hash_as_in_the_standard() =>
        Assert.That(
            Hash(Enumerable.Repeat((byte)'a', 1_000_000).ToArray()), Is.EqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));

    [Test]
    public void Messages_of_all_lengths_hash_as_by_the_platform_however_they_are_cut()
    {
        var random = new Random(20261130);
        byte[] message = new byte[300];
        random.NextBytes(message);
        var digest = new Sha256();
        byte[] hash = new byte[Sha256.Length];
        for (int length = 0; length <= message.Length; length++)
        {
            for (int start = 0; start < length;)
            {
                int part = random.Next(1, length - start + 1);
                digest.BlockUpdate(message, start, part);
                start += part;
            }

            // It begins anew each time.
            digest.DoFinal(hash, 0);
            Assert.That(hash, Is.EqualTo(SHA256.HashData(message.AsSpan(0, length))), $"{length} bytes");
        }
    }

    [Test]
    public void A_clone_goes_on_for_itself()
    {
        var digest = new Sha256();
        digest.BlockUpdate("ab"u8);
        Sha256 clone = digest.Clone();
        digest.Update((byte)'x');
        clone.Update((byte)'c');
        byte[] hash = new byte[Sha256.Length];
        clone.DoFinal(hash);
        Assert.That(hash, Is.EqualTo(SHA256.HashData("abc"u8)));
        digest.DoFinal(hash);
        Assert.That(hash, Is.EqualTo(SHA256.HashData("abx"u8)));
    }

    private static string Hash(byte[] message)
    {
        byte[] hash = new byte[Sha256.Length];
        Sha256.Hash(message, hash);
        return Convert.ToHexStringLower(hash);
    }
}
