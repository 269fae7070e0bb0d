using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>What one implementation seals the other opens, at every size that is sent: blocks, halves of blocks and what is left over.</summary>
public class PacketAeadSizesTests
{
    /// <summary>All that is handed to the kernel at once: seven datagrams of 8192 bytes.</summary>
    private const int MaxPayloadLength = 57_344;

    [Test]
    public void Accelerated_AES_GCM_and_the_platforms_open_each_others_packets_of_every_size([Values(16, 32)] int keyLength)
    {
        Assume.That(AcceleratedAesGcm.IsSupported, "this processor has no instructions for AES");

        foreach (int length in Lengths())
        {
            var random = new Random(length);
            byte[] key = Bytes(random, keyLength);
            using var ours = new AcceleratedAesGcm(key);
            using var platforms = new PlatformAesGcm(key);
            CheckBothWays(ours, platforms, random, length);
        }
    }

    [Test]
    public void ChaCha20_Poly1305_and_the_platforms_open_each_others_packets_of_every_size()
    {
        Assume.That(PlatformChaCha20Poly1305.IsSupported, "this platform has no ChaCha20-Poly1305");

        foreach (int length in Lengths())
        {
            var random = new Random(length);
            byte[] key = Bytes(random, 32);
            using var ours = new ChaCha20Poly1305Aead(key);
            using var platforms = new PlatformChaCha20Poly1305(key);
            CheckBothWays(ours, platforms, random, length);
        }
    }

    /// <summary>All of a packet that fits any network, then those beside each multiple of 1024, and the largest.</summary>
    private static IEnumerable<int> Lengths()
    {
        for (int length = 0; length <= 1500; length++)
        {
            yield return length;
        }

        for (int length = 2048; length <= MaxPayloadLength; length += 1024)
        {
            yield return length - 17;
            yield return length - 1;
            yield return length;
        }
    }

    private static void CheckBothWays(PacketAead ours, PacketAead platforms, Random random, int length)
    {
        byte[] nonce = Bytes(random, PacketAead.NonceLength);
        byte[] associated = Bytes(random, random.Next(60));
        byte[] payload = Bytes(random, length);
        Check(ours, platforms, nonce, associated, payload);
        Check(platforms, ours, nonce, associated, payload);
    }

    private static void Check(PacketAead sealing, PacketAead opening, byte[] nonce, byte[] associated, byte[] payload)
    {
        byte[] packet = payload.ToArray();
        byte[] tag = new byte[PacketAead.TagLength];
        sealing.Encrypt(nonce, associated, packet, tag);

        byte[] damaged = tag.ToArray();
        damaged[payload.Length % tag.Length] ^= 1;
        Assert.That(opening.TryDecrypt(nonce, associated, packet.ToArray(), damaged), Is.False, $"{payload.Length} bytes");

        if (payload.Length > 0)
        {
            byte[] changed = packet.ToArray();
            changed[^1] ^= 1;
            Assert.That(opening.TryDecrypt(nonce, associated, changed, tag), Is.False, $"{payload.Length} bytes");
        }

        Assert.That(opening.TryDecrypt(nonce, associated, packet, tag), $"{payload.Length} bytes");
        Assert.That(packet.AsSpan().SequenceEqual(payload), $"{payload.Length} bytes");
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
