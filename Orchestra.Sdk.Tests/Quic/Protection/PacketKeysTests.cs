using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

[TestFixture(CipherSuite.Aes128GcmSha256, 32, 1L << 23, 1L << 52)]
[TestFixture(CipherSuite.Aes256GcmSha384, 48, 1L << 23, 1L << 52)]
[TestFixture(CipherSuite.ChaCha20Poly1305Sha256, 32, long.MaxValue, 1L << 36)]
internal sealed class PacketKeysTests(CipherSuite suite, int secretLength, long confidentialityLimit, long integrityLimit)
{
    private readonly byte[] _secret = [.. Enumerable.Range(1, secretLength).Select(i => (byte)i)];
    private readonly byte[] _header = [0x40, 1, 2, 3];

    [Test]
    public void Knows_the_limits_of_its_cipher()
    {
        using PacketKeys keys = PacketKeys.Create(suite, _secret);

        Assert.That(keys.ConfidentialityLimit, Is.EqualTo(confidentialityLimit));
        Assert.That(keys.IntegrityLimit, Is.EqualTo(integrityLimit));
    }

    [Test]
    public void The_next_generation_is_that_of_the_updated_secret_with_the_header_key_kept()
    {
        byte[] updated = new byte[secretLength];
        HkdfLabel.Expand(
            secretLength == 48 ? HashKind.Sha384 : HashKind.Sha256, _secret, "quic ku"u8, updated);
        using PacketKeys keys = PacketKeys.Create(suite, _secret);
        using PacketKeys next = keys.Next();
        using PacketKeys same = PacketKeys.Create(suite, updated);

        byte[] packet = Encrypt(next, 7);
        Assert.That(keys.TryDecrypt(7, _header, packet.ToArray()), Is.False);
        Assert.That(same.TryDecrypt(7, _header, packet), Is.True);
        Assert.That(Mask(next), Is.EqualTo(Mask(keys)));
        Assert.That(Mask(same), Is.Not.EqualTo(Mask(keys)));
    }

    [Test]
    public void The_next_generation_outlives_the_one_before()
    {
        PacketKeys keys = PacketKeys.Create(suite, _secret);
        using PacketKeys next = keys.Next();
        using PacketKeys afterNext = next.Next();
        byte[] mask = Mask(keys);
        keys.Dispose();

        Assert.That(Mask(next), Is.EqualTo(mask));
        Assert.That(next.TryDecrypt(1, _header, Encrypt(next, 1)), Is.True);
        using PacketKeys again = next.Next();
        Assert.That(again.TryDecrypt(1, _header, Encrypt(afterNext, 1)), Is.True);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase((1L << 32) - 1)]
    [TestCase((1L << 62) - 1)]
    public void Decrypts_under_the_packet_number_alone(long packetNumber)
    {
        using PacketKeys keys = PacketKeys.Create(suite, _secret);
        byte[] packet = Encrypt(keys, packetNumber);

        Assert.That(keys.TryDecrypt(packetNumber ^ 1, _header, packet.ToArray()), Is.False);
        Assert.That(keys.TryDecrypt(packetNumber ^ (1L << 40), _header, packet.ToArray()), Is.False);
        Assert.That(keys.TryDecrypt(packetNumber, _header, packet), Is.True);
        Assert.That(packet[..^PacketKeys.TagLength], Is.All.EqualTo(0xAB));
    }

    [Test]
    public void Refuses_what_is_shorter_than_a_tag()
    {
        using PacketKeys keys = PacketKeys.Create(suite, _secret);

        Assert.That(keys.TryDecrypt(0, _header, new byte[PacketKeys.TagLength - 1]), Is.False);
        Assert.That(keys.TryDecrypt(0, _header, []), Is.False);
    }

    [Test]
    public void Allocates_nothing_for_a_packet()
    {
        Assume.That(
            suite == CipherSuite.ChaCha20Poly1305Sha256 ? PlatformChaCha20Poly1305.IsSupported : AcceleratedAesGcm.IsSupported,
            "the cipher of last resort allocates");
        using PacketKeys keys = PacketKeys.Create(suite, _secret);
        byte[] packet = new byte[1200];
        packet[0] = 0x42;
        long packetNumber = 0;
        int decrypted = 0;
        Round();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(decrypted, Is.EqualTo(101));

        void Round()
        {
            packetNumber++;
            keys.Encrypt(packetNumber, packet.AsSpan(0, 4), packet.AsSpan(4));
            HeaderProtection.Apply(packet, 1, 3, keys);
            HeaderProtection.TryRemove(packet, 1, keys, out _, out _);
            decrypted += keys.TryDecrypt(packetNumber, packet.AsSpan(0, 4), packet.AsSpan(4)) ? 1 : 0;
        }
    }

    private byte[] Encrypt(PacketKeys keys, long packetNumber)
    {
        byte[] packet = new byte[40];
        packet.AsSpan().Fill(0xAB);
        keys.Encrypt(packetNumber, _header, packet);
        return packet;
    }

    private static byte[] Mask(PacketKeys keys)
    {
        byte[] mask = new byte[5];
        keys.HeaderMask(new byte[16], mask);
        return mask;
    }
}
