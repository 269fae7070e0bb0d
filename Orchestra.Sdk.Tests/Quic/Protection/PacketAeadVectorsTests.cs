using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>What the standards give as examples, of every implementation.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class PacketAeadVectorsTests(bool hasAesInstructions)
{
    private const string Zeros128 = "00000000000000000000000000000000";
    private const string Key = "feffe9928665731c6d6a8f9467308308";
    private const string ZeroNonce = "000000000000000000000000";
    private const string Nonce = "cafebabefacedbaddecaf888";
    private const string Associated = "feedfacedeadbeeffeedfacedeadbeefabaddad2";

    private const string Payload =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";

    private const string Sealed128 =
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985";

    private const string Sealed256 =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";

    [OneTimeSetUp]
    public void Assume_that_it_can_be_tried() =>
        Assume.That(!hasAesInstructions || AesInstructions.IsSupported, "this processor has no instructions for AES");

    // The cases of NIST's submission "The Galois/Counter Mode of Operation", appendix B, that have 96 bits of nonce and whole tags.
    [TestCase(Zeros128, ZeroNonce, "", "", "", "58e2fccefa7e3061367f1d57a4e7455a", TestName = "Case_1")]
    [TestCase(Zeros128, ZeroNonce, "", Zeros128, "0388dace60b6a392f328c2b971b2fe78", "ab6e47d42cec13bdf53a67b21257bddf", TestName = "Case_2")]
    [TestCase(Key, Nonce, "", Payload, Sealed128, "4d5c2af327cd64a62cf35abd2ba6fab4", TestName = "Case_3")]
    [TestCase(Key, Nonce, Associated, Payload, Sealed128, "5bc94fbc3221a5db94fae95ae7121a47", 60, TestName = "Case_4")]
    [TestCase(Zeros128 + Zeros128, ZeroNonce, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b", TestName = "Case_13")]
    [TestCase(Zeros128 + Zeros128, ZeroNonce, "", Zeros128, "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919", TestName = "Case_14")]
    [TestCase(Key + Key, Nonce, "", Payload, Sealed256, "b094dac5d93471bdec1a502270e3cc6c", TestName = "Case_15")]
    [TestCase(Key + Key, Nonce, Associated, Payload, Sealed256, "76fc6ece0f4e1768cddf8853bb2d551b", 60, TestName = "Case_16")]
    public void AES_GCM_is_NISTs(
        string key, string nonce, string associated, string payload, string sealedPayload, string tag, int length = 64)
    {
        byte[] plain = Hex.Parse(payload);
        byte[] expected = Hex.Parse(sealedPayload);
        length = Math.Min(length, plain.Length);
        CipherSuite suite = key.Length == 32 ? CipherSuite.Aes128GcmSha256 : CipherSuite.Aes256GcmSha384;

        Check(suite, Hex.Parse(key), Hex.Parse(nonce), Hex.Parse(associated), plain.AsSpan(0, length), expected[..length], Hex.Parse(tag));
    }

    [Test]
    public void ChaCha20_Poly1305_is_that_of_RFC_8439_section_2_8_2() => Check(
        CipherSuite.ChaCha20Poly1305Sha256,
        Hex.Parse("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"),
        Hex.Parse("070000004041424344454647"),
        Hex.Parse("50515253c0c1c2c3c4c5c6c7"),
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."u8,
        Hex.Parse("""
            d31a8d34648e60db7b86afbc53ef7ec2 a4aded51296e08fea9e2b5a736ee62d6
            3dbea45e8ca9671282fafb69da92728b 1a71de0a9e060b2905d6a5b67ecd3b36
            92ddbd7f2d778b8c9803aee328091b58 fab324e4fad675945585808b4831d7bc
            3ff4def08e4b7a9de576d26586cec64b 6116
            """),
        Hex.Parse("1ae10b594f09e26a7e902ecbd0600691"));

    private void Check(
        CipherSuite suite,
        byte[] key,
        byte[] nonce,
        byte[] associated,
        ReadOnlySpan<byte> payload,
        byte[] sealedPayload,
        byte[] expectedTag)
    {
        using PacketAead aead = PacketAead.Create(suite, key, hasAesInstructions);
        byte[] packet = payload.ToArray();
        byte[] tag = new byte[PacketAead.TagLength];

        aead.Encrypt(nonce, associated, packet, tag);
        Assert.That(packet, Is.EqualTo(sealedPayload));
        Assert.That(tag, Is.EqualTo(expectedTag));

        Assert.That(aead.TryDecrypt(nonce, associated, packet, tag), Is.True);
        Assert.That(packet, Is.EqualTo(payload.ToArray()));
    }
}
