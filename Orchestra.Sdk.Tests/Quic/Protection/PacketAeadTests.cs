using CsCheck;
using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

public class PacketAeadTests
{
    private static readonly Gen<byte[]> Nonce = Gen.Byte.Array[PacketAead.NonceLength];
    private static readonly Gen<byte[]> AesKey = Gen.OneOf(Gen.Byte.Array[16], Gen.Byte.Array[32]);
    private static readonly Gen<byte[]> Payload = Gen.Byte.Array[0, 400];
    private static readonly Gen<byte[]> Associated = Gen.Byte.Array[0, 200];

    [Test]
    public void Accelerated_AES_GCM_is_the_platforms()
    {
        Assume.That(AcceleratedAesGcm.IsSupported, "this processor has no instructions for AES");

        Gen.Select(AesKey, Nonce, Associated, Payload).Sample((key, nonce, associated, payload) =>
        {
            using var one = new AcceleratedAesGcm(key);
            using var other = new PlatformAesGcm(key);
            CheckAlike(one, other, nonce, associated, payload);
        });
    }

    [Test]
    public void ChaCha20_Poly1305_is_the_platforms()
    {
        Assume.That(PlatformChaCha20Poly1305.IsSupported, "this platform has no ChaCha20-Poly1305");

        Gen.Select(Gen.Byte.Array[32], Nonce, Associated, Payload).Sample((key, nonce, associated, payload) =>
        {
            using var one = new ChaCha20Poly1305Aead(key);
            using var other = new PlatformChaCha20Poly1305(key);
            CheckAlike(one, other, nonce, associated, payload);
        });
    }

    [Test]
    public void AES_GCM_without_instructions_is_the_platforms() =>
        Gen.Select(AesKey, Nonce, Associated, Payload).Sample((key, nonce, associated, payload) =>
        {
            using var one = new BouncyAesGcm(key);
            using var other = new PlatformAesGcm(key);
            CheckAlike(one, other, nonce, associated, payload);
        });

    [Test]
    public void An_AES_block_is_that_of_FIPS_197_appendix_C()
    {
        Assume.That(AesInstructions.IsSupported, "this processor has no instructions for AES");
        byte[] plain = Hex.Parse("00112233445566778899aabbccddeeff");

        Assert.That(Encrypt("000102030405060708090a0b0c0d0e0f"), Is.EqualTo("69c4e0d86a7b0430d8cdb78070b4c55a"));
        Assert.That(
            Encrypt("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            Is.EqualTo("8ea2b7ca516745bfeafc49904b496089"));

        string Encrypt(string key)
        {
            byte[] block = new byte[16];
            System.Runtime.Intrinsics.Vector128.CopyTo(
                new AesBlockCipher(Hex.Parse(key)).Encrypt(System.Runtime.Intrinsics.Vector128.Create(plain)), block);
            return Convert.ToHexStringLower(block);
        }
    }

    [Test]
    public void Header_masks_are_the_platforms_with_and_without_AES_instructions()
    {
        Gen.Select(AesKey, Gen.Byte.Array[16], Gen.Bool).Sample((key, sample, hasAesInstructions) =>
        {
            byte[] one = new byte[5];
            byte[] other = new byte[5];
            HeaderKey.Create(CipherSuite.Aes128GcmSha256, key, hasAesInstructions && AesInstructions.IsSupported).Mask(sample, one);
            new PlatformAesHeaderKey(key).Mask(sample, other);
            return one.AsSpan().SequenceEqual(other);
        });
    }

    [TestCaseSource(nameof(All))]
    public void Refuses_whatever_was_changed_and_leaves_the_tag(Func<byte[], object> create)
    {
        byte[] key = new byte[32];
        using var aead = (PacketAead)create(key);
        byte[] nonce = new byte[PacketAead.NonceLength];
        byte[] associated = [1, 2, 3];
        byte[] payload = new byte[150];
        byte[] tag = new byte[PacketAead.TagLength];
        aead.Encrypt(nonce, associated, payload, tag);

        for (int i = 0; i < payload.Length; i++)
        {
            Assert.That(TryDecrypt(changedPayload: i), Is.False, $"payload {i}");
        }

        for (int i = 0; i < tag.Length; i++)
        {
            Assert.That(TryDecrypt(changedTag: i), Is.False, $"tag {i}");
        }

        Assert.That(aead.TryDecrypt(nonce, [1, 2, 4], payload.ToArray(), tag), Is.False);
        Assert.That(aead.TryDecrypt([1, .. nonce[1..]], associated, payload.ToArray(), tag), Is.False);
        Assert.That(TryDecrypt(), Is.True);

        bool TryDecrypt(int changedPayload = -1, int changedTag = -1)
        {
            byte[] payloadCopy = payload.ToArray();
            byte[] tagCopy = tag.ToArray();
            if (changedPayload >= 0)
            {
                payloadCopy[changedPayload] ^= 0x10;
            }

            if (changedTag >= 0)
            {
                tagCopy[changedTag] ^= 0x10;
            }

            byte[] tagBefore = tagCopy.ToArray();
            bool authentic = aead.TryDecrypt(nonce, associated, payloadCopy, tagCopy);
            Assert.That(tagCopy, Is.EqualTo(tagBefore));
            return authentic;
        }
    }

    private static IEnumerable<TestCaseData> All()
    {
        yield return Case(nameof(BouncyAesGcm), key => new BouncyAesGcm(key));
        yield return Case(nameof(ChaCha20Poly1305Aead), key => new ChaCha20Poly1305Aead(key));
        if (AcceleratedAesGcm.IsSupported)
        {
            yield return Case(nameof(AcceleratedAesGcm), key => new AcceleratedAesGcm(key));
        }

        static TestCaseData Case(string name, Func<byte[], object> create) => new TestCaseData(create).SetArgDisplayNames(name);
    }

    private static void CheckAlike(PacketAead one, PacketAead other, byte[] nonce, byte[] associated, byte[] payload)
    {
        byte[] buffer = payload.ToArray();
        byte[] tag = new byte[PacketAead.TagLength];
        one.Encrypt(nonce, associated, buffer, tag);
        byte[] otherBuffer = payload.ToArray();
        byte[] otherTag = new byte[PacketAead.TagLength];
        other.Encrypt(nonce, associated, otherBuffer, otherTag);

        Assert.That(buffer, Is.EqualTo(otherBuffer));
        Assert.That(tag, Is.EqualTo(otherTag));
        Assert.That(one.TryDecrypt(nonce, associated, buffer, tag), Is.True);
        Assert.That(other.TryDecrypt(nonce, associated, otherBuffer, otherTag), Is.True);
        Assert.That(buffer, Is.EqualTo(payload));
        Assert.That(otherBuffer, Is.EqualTo(payload));
    }
}
