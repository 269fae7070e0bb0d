using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>
/// The sample packets of RFC 9001 appendix A, each made from its parts and taken apart again. <c>ArmVectorTests</c> does the latter on
/// another processor.
/// </summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class Rfc9001Tests(bool hasAesInstructions)
{
    private const string ClientSecret = "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea";
    private const string ServerSecret = "3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b";

    private const string RetryPacket = "ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba";

    private static IEnumerable<TestCaseData> Packets => PacketVector.All.Select(static packet => new TestCaseData(packet).SetName(packet.Name));

    [OneTimeSetUp]
    public void Assume_that_it_can_be_tried() =>
        Assume.That(!hasAesInstructions || AesInstructions.IsSupported, "this processor has no instructions for AES");

    [TestCase(ClientSecret, "quic key", "1f369613dd76d5467730efcbe3b1a22d", TestName = "A1_client_key")]
    [TestCase(ClientSecret, "quic iv", "fa044b2f42a3fd3b46fb255c", TestName = "A1_client_iv")]
    [TestCase(ClientSecret, "quic hp", "9f50449e04a0e810283a1e9933adedd2", TestName = "A1_client_hp")]
    [TestCase(ServerSecret, "quic key", "cf3a5331653c364c88f0f379b6067e37", TestName = "A1_server_key")]
    [TestCase(ServerSecret, "quic iv", "0ac1493ca1905853b0bba03e", TestName = "A1_server_iv")]
    [TestCase(ServerSecret, "quic hp", "c206b8d9b9f0f37644430b490eeaa314", TestName = "A1_server_hp")]
    [TestCase(
        PacketVector.ChaChaSecret,
        "quic key",
        "c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8",
        TestName = "A5_key")]
    [TestCase(PacketVector.ChaChaSecret, "quic iv", "e0459b3474bdd0e44a41c144", TestName = "A5_iv")]
    [TestCase(
        PacketVector.ChaChaSecret,
        "quic hp",
        "25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4",
        TestName = "A5_hp")]
    [TestCase(
        PacketVector.ChaChaSecret,
        "quic ku",
        "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9",
        TestName = "A5_ku")]
    public void Expands_a_secret(string secret, string label, string expected)
    {
        byte[] output = new byte[expected.Length / 2];
        HkdfLabel.Expand(HashKind.Sha256, Hex.Parse(secret), System.Text.Encoding.ASCII.GetBytes(label), output);

        Assert.That(output, Is.EqualTo(Hex.Parse(expected)));
    }

    [TestCaseSource(nameof(Packets))]
    public void Masks_protects_and_unprotects(PacketVector packet) => Assert.That(packet.Fault(hasAesInstructions), Is.Null);

    [Test]
    public void Writes_and_protects_the_client_initial_of_A2()
    {
        byte[] packet = new byte[1200];
        var w = new SpanWriter(packet);
        PacketWriter.TryWriteLongHeader(
            ref w,
            PacketType.Initial,
            ConnectionId.Of(Hex.Parse(PacketVector.DestinationId)),
            default,
            default,
            2,
            4,
            out int lengthOffset,
            out int packetNumberOffset);
        VarInt.Write(packet.AsSpan(lengthOffset), packet.Length - packetNumberOffset, 2);
        Assert.That(w.Written.ToArray(), Is.EqualTo(Hex.Parse(PacketVector.Client.Header)));

        int headerLength = w.Position;
        w.WriteBytes(Hex.Parse(PacketVector.Client.Payload));
        FrameWriter.WritePadding(ref w, w.Remaining - PacketKeys.TagLength);
        Protect(packet, headerLength, packetNumberOffset, 2, Initial(client: true));

        Assert.That(packet, Is.EqualTo(Hex.Parse(PacketVector.Client.Packet)));
    }

    [Test]
    public void Writes_and_protects_the_server_initial_of_A3()
    {
        byte[] payload = Hex.Parse(PacketVector.Server.Payload);
        byte[] packet = new byte[Hex.Parse(PacketVector.Server.Packet).Length];
        var w = new SpanWriter(packet);
        PacketWriter.TryWriteLongHeader(
            ref w,
            PacketType.Initial,
            default,
            ConnectionId.Of(Hex.Parse("f067a5502a4262b5")),
            default,
            1,
            2,
            out int lengthOffset,
            out int packetNumberOffset);
        VarInt.Write(packet.AsSpan(lengthOffset), packet.Length - packetNumberOffset, 2);
        Assert.That(w.Written.ToArray(), Is.EqualTo(Hex.Parse(PacketVector.Server.Header)));

        int headerLength = w.Position;
        w.WriteBytes(payload);
        Protect(packet, headerLength, packetNumberOffset, 1, Initial(client: false));

        Assert.That(packet, Is.EqualTo(Hex.Parse(PacketVector.Server.Packet)));
    }

    [Test]
    public void Reads_the_client_initial_of_A2()
    {
        byte[] payload = Unprotect(Hex.Parse(PacketVector.Client.Packet), Initial(client: true), largestReceived: -1, out long packetNumber);

        Assert.That(packetNumber, Is.EqualTo(2));
        Assert.That(payload, Is.EqualTo((byte[])[.. Hex.Parse(PacketVector.Client.Payload), .. new byte[917]]));
    }

    [Test]
    public void Reads_the_server_initial_of_A3()
    {
        byte[] payload = Unprotect(Hex.Parse(PacketVector.Server.Packet), Initial(client: false), largestReceived: 0, out long packetNumber);

        Assert.That(packetNumber, Is.EqualTo(1));
        Assert.That(payload, Is.EqualTo(Hex.Parse(PacketVector.Server.Payload)));
    }

    [Test]
    public void Writes_the_retry_of_A4()
    {
        byte[] packet = new byte[64];
        int length = RetryIntegrity.WriteRetry(
            packet,
            default,
            ConnectionId.Of(Hex.Parse("f067a5502a4262b5")),
            ConnectionId.Of(Hex.Parse(PacketVector.DestinationId)),
            "token"u8);

        // The sample's four unused bits are set, those written here are not: they count in the tag.
        Assert.That(packet[0], Is.EqualTo(0xF0));
        Assert.That(packet[1..(length - PacketKeys.TagLength)], Is.EqualTo(Hex.Parse(RetryPacket)[1..^PacketKeys.TagLength]));
        Assert.That(RetryIntegrity.IsValid(ConnectionId.Of(Hex.Parse(PacketVector.DestinationId)), packet.AsSpan(0, length)), Is.True);
    }

    [Test]
    public void Computes_the_retry_tag_of_A4()
    {
        byte[] retry = Hex.Parse(RetryPacket);
        byte[] tag = new byte[PacketKeys.TagLength];
        RetryIntegrity.ComputeTag(ConnectionId.Of(Hex.Parse(PacketVector.DestinationId)), retry.AsSpan(0, retry.Length - tag.Length), tag, hasAesInstructions);

        Assert.That(tag, Is.EqualTo(retry[^tag.Length..]));
    }

    [Test]
    public void Writes_and_protects_the_short_packet_of_A5()
    {
        byte[] packet = new byte[21];
        var w = new SpanWriter(packet);
        PacketWriter.TryWriteShortHeader(ref w, default, keyPhase: false, PacketVector.Short.Number, 3, out int packetNumberOffset);
        Assert.That(w.Written.ToArray(), Is.EqualTo(Hex.Parse(PacketVector.Short.Header)));

        int headerLength = w.Position;
        FrameWriter.TryWritePing(ref w);
        using PacketKeys keys = PacketVector.Short.Keys(hasAesInstructions);
        Protect(packet, headerLength, packetNumberOffset, PacketVector.Short.Number, keys);

        Assert.That(packet, Is.EqualTo(Hex.Parse(PacketVector.Short.Packet)));
    }

    [Test]
    public void Reads_the_short_packet_of_A5()
    {
        using PacketKeys keys = PacketVector.Short.Keys(hasAesInstructions);
        byte[] payload = Unprotect(Hex.Parse(PacketVector.Short.Packet), keys, PacketVector.Short.Number - 1, out long packetNumber);

        Assert.That(packetNumber, Is.EqualTo(PacketVector.Short.Number));
        Assert.That(payload, Is.EqualTo(new byte[] { 1 }));
    }

    private PacketKeys Initial(bool client) => (client ? PacketVector.Client : PacketVector.Server).Keys(hasAesInstructions);

    private static void Protect(byte[] packet, int headerLength, int packetNumberOffset, long packetNumber, PacketKeys keys)
    {
        keys.Encrypt(packetNumber, packet.AsSpan(0, headerLength), packet.AsSpan(headerLength));
        HeaderProtection.Apply(packet, packetNumberOffset, headerLength - packetNumberOffset, keys);
    }

    private static byte[] Unprotect(byte[] packet, PacketKeys keys, long largestReceived, out long packetNumber)
    {
        Assert.That(PacketHeader.TryParse(packet, 0, out PacketHeader header), Is.True);
        Assert.That(header.Length, Is.EqualTo(packet.Length));
        Assert.That(
            HeaderProtection.TryRemove(packet, header.PacketNumberOffset, keys, out int length, out long truncated), Is.True);
        packetNumber = PacketNumber.Decode(truncated, length, largestReceived);
        int headerLength = header.PacketNumberOffset + length;
        Assert.That(
            keys.TryDecrypt(packetNumber, packet.AsSpan(0, headerLength), packet.AsSpan(headerLength)), Is.True);
        return packet[headerLength..^PacketKeys.TagLength];
    }
}
