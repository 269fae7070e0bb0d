using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Security;

namespace Orchestra.Sdk.Tests.Quic.Cryptography;

public class SystemRandomTests
{
    // More than the kernel gives at once to who may be interrupted.
    [TestCase(1 << 20)]
    [TestCase(257)]
    [TestCase(32)]
    public void Fills_the_whole_and_never_the_same(int length)
    {
        byte[] one = SystemRandom.GetBytes(length);
        byte[] other = SystemRandom.GetBytes(length);

        Assert.That(one, Is.Not.EqualTo(other));
        Assert.That(one.Chunk(32).Where(chunk => chunk.Length == 32), Has.None.All.Zero);
    }

    [Test]
    public void Has_nothing_to_do_for_no_bytes() => Assert.That(SystemRandom.GetBytes(0), Is.Empty);

    [Test]
    public void Serves_whatever_BouncyCastle_asks_for()
    {
        SecureRandom random = SystemSecureRandom.Instance;
        byte[] bytes = new byte[96];
        random.NextBytes(bytes, 32, 32);
        Assert.That(bytes[..32], Is.All.Zero);
        Assert.That(bytes[32..64], Has.Some.Not.Zero);
        Assert.That(bytes[64..], Is.All.Zero);

        random.NextBytes(bytes);
        Assert.That(bytes.Chunk(32), Has.None.All.Zero);
        Assert.That(random.GenerateSeed(32), Has.Some.Not.Zero);
        Assert.That(Enumerable.Range(0, 100).Select(_ => random.Next(10)), Is.All.InRange(0, 9));
        Assert.That(Enumerable.Range(0, 100).Select(_ => random.NextDouble()), Is.Unique.And.All.InRange(0, 1));
        Assert.That(Enumerable.Range(0, 100).Select(_ => random.NextLong()), Is.Unique);
    }
}
