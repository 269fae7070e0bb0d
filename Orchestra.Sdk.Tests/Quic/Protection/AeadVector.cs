using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>What a standard gives as an example of an AEAD. All but the name and the suite is in hex digits.</summary>
internal sealed record AeadVector(
    string Name, CipherSuite Suite, string Key, string Nonce, string Associated, string Payload, string Sealed, string Tag)
{
    private const string Zeros128 = "00000000000000000000000000000000";
    private const string GcmKey = "feffe9928665731c6d6a8f9467308308";
    private const string ZeroNonce = "000000000000000000000000";
    private const string GcmNonce = "cafebabefacedbaddecaf888";
    private const string GcmAssociated = "feedfacedeadbeeffeedfacedeadbeefabaddad2";

    private const string GcmPayload =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";

    private const string Sealed128 =
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985";

    private const string Sealed256 =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";

    // "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
    private const string Sunscreen = """
        4c616469657320616e642047656e746c 656d656e206f662074686520636c6173
        73206f66202739393a20496620492063 6f756c64206f6666657220796f75206f
        6e6c79206f6e652074697020666f7220 746865206675747572652c2073756e73
        637265656e20776f756c642062652069 742e
        """;

    private const string SealedSunscreen = """
        d31a8d34648e60db7b86afbc53ef7ec2 a4aded51296e08fea9e2b5a736ee62d6
        3dbea45e8ca9671282fafb69da92728b 1a71de0a9e060b2905d6a5b67ecd3b36
        92ddbd7f2d778b8c9803aee328091b58 fab324e4fad675945585808b4831d7bc
        3ff4def08e4b7a9de576d26586cec64b 6116
        """;

    /// <summary>
    /// The cases of NIST's submission "The Galois/Counter Mode of Operation", appendix B, that have 96 bits of nonce and whole tags; and
    /// RFC 8439 §2.8.2.
    /// </summary>
    public static IReadOnlyList<AeadVector> All { get; } =
    [
        Gcm("Case_1", Zeros128, ZeroNonce, "", "", "", "58e2fccefa7e3061367f1d57a4e7455a"),
        Gcm("Case_2", Zeros128, ZeroNonce, "", Zeros128, "0388dace60b6a392f328c2b971b2fe78", "ab6e47d42cec13bdf53a67b21257bddf"),
        Gcm("Case_3", GcmKey, GcmNonce, "", GcmPayload, Sealed128, "4d5c2af327cd64a62cf35abd2ba6fab4"),
        Gcm("Case_4", GcmKey, GcmNonce, GcmAssociated, GcmPayload[..120], Sealed128[..120], "5bc94fbc3221a5db94fae95ae7121a47"),
        Gcm("Case_13", Zeros128 + Zeros128, ZeroNonce, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        Gcm("Case_14", Zeros128 + Zeros128, ZeroNonce, "", Zeros128, "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"),
        Gcm("Case_15", GcmKey + GcmKey, GcmNonce, "", GcmPayload, Sealed256, "b094dac5d93471bdec1a502270e3cc6c"),
        Gcm("Case_16", GcmKey + GcmKey, GcmNonce, GcmAssociated, GcmPayload[..120], Sealed256[..120], "76fc6ece0f4e1768cddf8853bb2d551b"),
        new(
            "RFC_8439",
            CipherSuite.ChaCha20Poly1305Sha256,
            "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
            "070000004041424344454647",
            "50515253c0c1c2c3c4c5c6c7",
            Sunscreen,
            SealedSunscreen,
            "1ae10b594f09e26a7e902ecbd0600691"),
    ];

    /// <summary>Encrypts it, and decrypts that.</summary>
    /// <returns>What came out other than it should; null where nothing did.</returns>
    public string? Fault(bool hasAesInstructions)
    {
        using PacketAead aead = PacketAead.Create(Suite, Hex.Parse(Key), hasAesInstructions);
        byte[] nonce = Hex.Parse(Nonce);
        byte[] associated = Hex.Parse(Associated);
        byte[] packet = Hex.Parse(Payload);
        byte[] tag = new byte[PacketAead.TagLength];
        aead.Encrypt(nonce, associated, packet, tag);
        if (!packet.AsSpan().SequenceEqual(Hex.Parse(Sealed)))
        {
            return $"encrypted: {Convert.ToHexStringLower(packet)}";
        }

        if (!tag.AsSpan().SequenceEqual(Hex.Parse(Tag)))
        {
            return $"tag: {Convert.ToHexStringLower(tag)}";
        }

        if (!aead.TryDecrypt(nonce, associated, packet, tag))
        {
            return "not authentic";
        }

        return packet.AsSpan().SequenceEqual(Hex.Parse(Payload)) ? null : $"decrypted: {Convert.ToHexStringLower(packet)}";
    }

    private static AeadVector Gcm(string name, string key, string nonce, string associated, string payload, string sealedPayload, string tag) =>
        new(name, key.Length == 32 ? CipherSuite.Aes128GcmSha256 : CipherSuite.Aes256GcmSha384, key, nonce, associated, payload, sealedPayload, tag);
}
