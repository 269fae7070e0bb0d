using CsCheck;
using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>Packets of any size up to more than is handed to the kernel at once: what was sealed is opened, and no bit of it can be changed.</summary>
[TestFixture(CipherSuite.Aes128GcmSha256, true)]
[TestFixture(CipherSuite.Aes128GcmSha256, false)]
[TestFixture(CipherSuite.Aes256GcmSha384, true)]
[TestFixture(CipherSuite.ChaCha20Poly1305Sha256, false)]
internal sealed class PacketAeadTamperTests(CipherSuite suite, bool hasAesInstructions)
{
    private static readonly Gen<int> Length = Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, 1_500], Gen.Int[0, 60_000]);
    private static readonly Gen<byte[]> Associated = Gen.Byte.Array[0, 200];

    [Test]
    public void Opens_what_was_sealed_and_refuses_it_with_any_bit_changed()
    {
        Assume.That(!hasAesInstructions || AesInstructions.IsSupported, "this processor has no instructions for AES");

        Gen.Select(Gen.Int, Length, Associated, Gen.Long[0, long.MaxValue]).Sample((seed, length, associated, bit) =>
        {
            var random = new Random(seed);
            byte[] key = new byte[suite == CipherSuite.Aes128GcmSha256 ? 16 : 32];
            byte[] nonce = new byte[PacketAead.NonceLength];
            byte[] payload = new byte[length];
            byte[] tag = new byte[PacketAead.TagLength];
            random.NextBytes(key);
            random.NextBytes(nonce);
            random.NextBytes(payload);
            using PacketAead aead = PacketAead.Create(suite, key, hasAesInstructions);
            byte[] packet = payload.ToArray();
            aead.Encrypt(nonce, associated, packet, tag);

            byte[][] parts = [nonce.ToArray(), associated.ToArray(), packet.ToArray(), tag.ToArray()];
            Flip(parts, bit);
            Assert.That(aead.TryDecrypt(parts[0], parts[1], parts[2], parts[3]), Is.False);
            Assert.That(aead.TryDecrypt(nonce, associated, packet, tag), Is.True);
            Assert.That(packet.AsSpan().SequenceEqual(payload));
        });
    }

    private static void Flip(byte[][] parts, long bit)
    {
        bit %= 8L * parts.Sum(part => part.Length);
        foreach (byte[] part in parts)
        {
            if (bit < 8 * part.Length)
            {
                part[bit / 8] ^= (byte)(1 << (int)(bit % 8));
                return;
            }

            bit -= 8 * part.Length;
        }
    }
}
