using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>What is built can be read, wherever in a datagram it begins.</summary>
internal sealed class PacketBuilderTests
{
    private const long Number = 0x1234;

    private static readonly ConnectionId Destination = ConnectionId.Random(8);
    private static readonly ConnectionId Source = ConnectionId.Random(8);

    [Test]
    public void Builds_a_long_header_packet([Values(0, 30)] int start)
    {
        byte[] datagram = new byte[200];
        var header = new LongHeader(PacketType.Initial, Destination, Source, [1, 2, 3]);
        Assert.That(PacketBuilder.TryBegin(datagram, start, header, Number, Number - 1, out PacketBuilder builder));
        Assert.That(builder.HasPayload, Is.False);
        FrameWriter.TryWritePing(ref builder.Writer);
        Assert.That(builder.HasPayload);
        Assert.That(builder.TryEnd(out UnsealedPacket packet));
        Assert.That(Open(datagram, packet, start), Is.EqualTo(new byte[] { 1, 0, 0 }));
        Assert.That(PacketHeader.TryParse(datagram.AsSpan(start), 8, out PacketHeader read));
        Assert.That((read.Type, read.Destination, read.Source, read.Token.Length), Is.EqualTo((PacketType.Initial, Destination, Source, 3)));
    }

    [Test]
    public void Builds_a_short_header_packet([Values] bool phase)
    {
        byte[] datagram = new byte[200];
        Assert.That(PacketBuilder.TryBegin(datagram, 0, new ShortHeader(Destination, phase), Number, Number - 200, out PacketBuilder builder));
        FrameWriter.TryWritePing(ref builder.Writer);
        FrameWriter.TryWritePing(ref builder.Writer);
        Assert.That(builder.TryEnd(out UnsealedPacket packet));
        Assert.That(Open(datagram, packet, start: 0), Is.EqualTo(new byte[] { 1, 1 }));
        Assert.That((datagram[0] & 0x04) != 0, Is.EqualTo(phase));
    }

    [Test]
    public void Fills_a_packet_up_when_its_datagram_is_whole()
    {
        byte[] datagram = new byte[200];
        Assert.That(PacketBuilder.TryBegin(datagram, 0, new ShortHeader(Destination, Phase: false), Number, Number - 1, out PacketBuilder builder));
        FrameWriter.TryWritePing(ref builder.Writer);
        Assert.That(builder.TryEnd(out UnsealedPacket packet));
        packet.PadTo(datagram, 100);
        Assert.That(packet.End, Is.EqualTo(100));
        Assert.That(Open(datagram, packet, start: 0), Is.EqualTo(new byte[] { 1 }.Concat(new byte[100 - 1 - 10 - PacketKeys.TagLength])));
    }

    [Test]
    public void Builds_nothing_where_there_is_no_room([Range(0, 29)] int room)
    {
        // A header of 10 bytes, one of payload and two that header protection needs, and the tag.
        Assert.That(TryBuild(room), Is.EqualTo(room == 29));
    }

    private static bool TryBuild(int room)
    {
        bool begins = PacketBuilder.TryBegin(
            new byte[room], 0, new ShortHeader(Destination, Phase: false), Number, Number - 1, out PacketBuilder builder);
        return begins && FrameWriter.TryWritePing(ref builder.Writer) && builder.TryEnd(out _);
    }

    /// <summary>Seals it, and opens what came of it; but for its header, which stays unprotected.</summary>
    private static byte[] Open(byte[] datagram, UnsealedPacket packet, int start)
    {
        using PacketKeys keys = PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]);
        packet.Seal(datagram, keys);
        Span<byte> bytes = datagram.AsSpan(start, packet.End - start);
        Assert.That(PacketHeader.TryParse(bytes, 8, out PacketHeader header));
        Assert.That(header.Length, Is.EqualTo(bytes.Length));
        Assert.That(HeaderProtection.TryRemove(bytes, header.PacketNumberOffset, keys, out int length, out long truncated));
        Assert.That(PacketNumber.Decode(truncated, length, Number - 1), Is.EqualTo(Number));
        int payloadStart = header.PacketNumberOffset + length;
        Assert.That(keys.TryDecrypt(Number, bytes[..payloadStart], bytes[payloadStart..]));
        return bytes[payloadStart..^PacketKeys.TagLength].ToArray();
    }
}
