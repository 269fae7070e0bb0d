using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

public class PacketWriterTests
{
    private static readonly ConnectionId Id = ConnectionId.Of([1, 2, 3, 4]);

    [TestCase(1, 0x40, "78")]
    [TestCase(2, 0x41, "5678")]
    [TestCase(3, 0x42, "345678")]
    [TestCase(4, 0x43, "12345678")]
    public void A_short_header_holds_the_low_bytes_of_the_packet_number(int length, int first, string packetNumber)
    {
        var w = new SpanWriter(new byte[5 + length]);

        Assert.That(PacketWriter.TryWriteShortHeader(ref w, Id, false, 0x7F12345678, length, out int offset), Is.True);
        Assert.That(w.Written.ToArray(), Is.EqualTo((byte[])[(byte)first, 1, 2, 3, 4, .. Hex.Parse(packetNumber)]));
        Assert.That(offset, Is.EqualTo(5));
    }

    [Test]
    public void A_short_header_tells_the_key_phase()
    {
        var w = new SpanWriter(new byte[10]);
        PacketWriter.TryWriteShortHeader(ref w, Id, keyPhase: true, 0, 1, out _);

        Assert.That(w.Written[0], Is.EqualTo(0x44));
    }

    [Test]
    public void A_header_without_room_leaves_nothing_behind()
    {
        var shortHeader = new SpanWriter(new byte[6]);
        Assert.That(PacketWriter.TryWriteShortHeader(ref shortHeader, Id, false, 0, 2, out _), Is.False);
        Assert.That(shortHeader.Position, Is.Zero);

        // First byte, version, both ids, a token of 2, a length of 2 and a packet number of 1 byte.
        const int Size = 1 + 4 + 5 + 5 + 3 + 2 + 1;
        var tooSmall = new SpanWriter(new byte[Size - 1]);
        Assert.That(
            PacketWriter.TryWriteLongHeader(ref tooSmall, PacketType.Initial, Id, Id, [1, 2], 0, 1, out _, out _), Is.False);
        Assert.That(tooSmall.Position, Is.Zero);
        var enough = new SpanWriter(new byte[Size]);
        Assert.That(
            PacketWriter.TryWriteLongHeader(ref enough, PacketType.Initial, Id, Id, [1, 2], 0, 1, out _, out _), Is.True);
        Assert.That(enough.Remaining, Is.Zero);
    }

    [Test]
    public void Version_negotiation_offers_version_1_and_one_that_none_can_know()
    {
        byte[] packet = new byte[40];
        int length = PacketWriter.WriteVersionNegotiation(packet, Id, default);
        byte[] written = packet[..length];

        Assert.That(written[1..11], Is.EqualTo(Hex.Parse("00000000 04 01020304 00")));
        Assert.That(written[11..15].Select(b => b & 0x0F), Is.All.EqualTo(0x0A));
        Assert.That(written[15..], Is.EqualTo(new byte[] { 0, 0, 0, 1 }));
        Assert.That(PacketWriter.TryReadVersionNegotiation(written, out bool listed), Is.True);
        Assert.That(listed, Is.True);
    }

    [TestCase("80 00000000 00 00 6b3343cf", true, false, TestName = "Another version")]
    [TestCase("80 00000000 00 00 6b3343cf00000001", true, true, TestName = "Version 1 among others")]
    [TestCase("80 00000000 00 00", false, false, TestName = "An empty list")]
    [TestCase("80 00000000 00 00 000000016b", false, false, TestName = "A list with a rest")]
    [TestCase("80 00000000 00 02 00", false, false, TestName = "Cut off in an id")]
    [TestCase("c0 00000001 00 00 00000001", false, false, TestName = "A packet of a version")]
    [TestCase("40 00000000 00 00 00000001", false, false, TestName = "A short header")]
    [TestCase("", false, false, TestName = "Nothing")]
    public void Reads_the_list_of_versions(string packet, bool read, bool listed)
    {
        Assert.That(PacketWriter.TryReadVersionNegotiation(Hex.Parse(packet), out bool listsVersion1), Is.EqualTo(read));
        Assert.That(listsVersion1, Is.EqualTo(listed));
    }
}
