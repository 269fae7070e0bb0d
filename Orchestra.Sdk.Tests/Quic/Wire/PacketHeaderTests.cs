using CsCheck;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

public class PacketHeaderTests
{
    private static readonly ConnectionId Destination = ConnectionId.Of([1, 2, 3, 4, 5, 6, 7, 8]);
    private static readonly ConnectionId Source = ConnectionId.Of([9, 10, 11]);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100)]
    public void Reads_an_initial_with_its_token(int tokenLength)
    {
        byte[] token = [.. Enumerable.Repeat((byte)7, tokenLength)];
        byte[] packet = Long(PacketType.Initial, Destination, Source, token);

        Assert.That(PacketHeader.TryParse(packet, 8, out PacketHeader header), Is.True);
        Assert.That(header.Type, Is.EqualTo(PacketType.Initial));
        Assert.That(header.Version, Is.EqualTo(PacketWriter.Version1));
        Assert.That(header.IsLong);
        Assert.That((header.Destination, header.Source), Is.EqualTo((Destination, Source)));
        Assert.That(header.Token.ToArray(), Is.EqualTo(token));
        Assert.That(header.Length, Is.EqualTo(packet.Length));
        Assert.That(packet[header.PacketNumberOffset..(header.PacketNumberOffset + 2)], Is.EqualTo(new byte[] { 0x12, 0x34 }));
    }

    [Test]
    public void Reads_the_other_long_headers(
        [Values(1, 2)] int type, [Values(0, 20)] int destinationLength, [Values(0, 20)] int sourceLength)
    {
        var destination = ConnectionId.Random(destinationLength);
        var source = ConnectionId.Random(sourceLength);
        byte[] packet = Long((PacketType)type, destination, source, default);

        Assert.That(PacketHeader.TryParse(packet, 8, out PacketHeader header), Is.True);
        Assert.That(header.Type, Is.EqualTo((PacketType)type));
        Assert.That((header.Destination, header.Source), Is.EqualTo((destination, source)));
        Assert.That(header.Token.IsEmpty, Is.True);
        Assert.That(header.Length, Is.EqualTo(packet.Length));
    }

    [TestCase(0)]
    [TestCase(8)]
    [TestCase(20)]
    public void Reads_a_short_header(int connectionIdLength)
    {
        var id = ConnectionId.Random(connectionIdLength);
        var w = new SpanWriter(new byte[100]);
        PacketWriter.TryWriteShortHeader(ref w, id, keyPhase: true, 5, 1, out int packetNumberOffset);
        w.Reserve(30);

        Assert.That(PacketHeader.TryParse(w.Written, connectionIdLength, out PacketHeader header), Is.True);
        Assert.That((header.Type, header.IsLong), Is.EqualTo((PacketType.OneRtt, false)));
        Assert.That((header.Destination, header.Source), Is.EqualTo((id, default(ConnectionId))));
        Assert.That((header.PacketNumberOffset, header.Length), Is.EqualTo((packetNumberOffset, w.Position)));
    }

    [Test]
    public void Reads_a_retry()
    {
        byte[] packet = new byte[100];
        int length = RetryIntegrity.WriteRetry(packet, Destination, Source, Destination, "token"u8);

        Assert.That(PacketHeader.TryParse(packet.AsSpan(0, length), 8, out PacketHeader header), Is.True);
        Assert.That(header.Type, Is.EqualTo(PacketType.Retry));
        Assert.That((header.Destination, header.Source), Is.EqualTo((Destination, Source)));
        Assert.That(header.Token.ToArray(), Is.EqualTo("token"u8.ToArray()));
        Assert.That(header.Length, Is.EqualTo(length));
    }

    [Test]
    public void Drops_a_retry_without_a_token()
    {
        byte[] packet = new byte[100];
        int length = RetryIntegrity.WriteRetry(packet, Destination, Source, Destination, default);

        Assert.That(PacketHeader.TryParse(packet.AsSpan(0, length), 8, out _), Is.False);
    }

    [Test]
    public void Reads_version_negotiation_whatever_its_unused_bits([Values(0x80, 0xFF)] int first)
    {
        byte[] packet = new byte[100];
        int length = PacketWriter.WriteVersionNegotiation(packet, Destination, Source);
        packet[0] = (byte)first;

        Assert.That(PacketHeader.TryParse(packet.AsSpan(0, length), 8, out PacketHeader header), Is.True);
        Assert.That((header.Type, header.Version), Is.EqualTo((PacketType.VersionNegotiation, 0u)));
        Assert.That((header.Destination, header.Source), Is.EqualTo((Destination, Source)));
    }

    [TestCase(0xC0)]
    [TestCase(0x80)]
    public void Of_an_unknown_version_reads_the_connection_ids(int first)
    {
        byte[] packet = Hex.Parse("00 6b3343cf 08 0102030405060708 03 090a0b ffffffff");
        packet[0] = (byte)first;

        Assert.That(PacketHeader.TryParse(packet, 8, out PacketHeader header), Is.True);
        Assert.That((header.Type, header.Version), Is.EqualTo((PacketType.UnknownVersion, 0x6B3343CFu)));
        Assert.That((header.Destination, header.Source), Is.EqualTo((Destination, Source)));
        Assert.That((header.PacketNumberOffset, header.Length), Is.EqualTo((0, packet.Length)));
    }

    [Test]
    public void Drops_ids_of_more_than_20_bytes_in_any_version(
        [Values(0u, 1u, 0x6B3343CFu)] uint version, [Values(21, 255)] int length, [Values] bool destination)
    {
        byte[] longId = [(byte)length, .. new byte[length]];
        byte[] versionBytes = [(byte)(version >> 24), (byte)(version >> 16), (byte)(version >> 8), (byte)version];
        byte[] packet = [0xC0, .. versionBytes, .. destination ? longId : [0], .. destination ? [0] : longId, .. new byte[100]];

        Assert.That(PacketHeader.TryParse(packet, 8, out _), Is.False);
    }

    [Test]
    public void Finds_each_packet_of_a_datagram()
    {
        byte[] initial = Long(PacketType.Initial, Destination, Source, [1]);
        byte[] handshake = Long(PacketType.Handshake, Destination, Source, default);
        byte[] datagram = [.. initial, .. handshake, 0x40, .. new byte[30]];

        Assert.That(PacketHeader.TryParse(datagram, 8, out PacketHeader first), Is.True);
        Assert.That((first.Type, first.Length), Is.EqualTo((PacketType.Initial, initial.Length)));
        Assert.That(PacketHeader.TryParse(datagram.AsSpan(first.Length), 8, out PacketHeader second), Is.True);
        Assert.That((second.Type, second.Length), Is.EqualTo((PacketType.Handshake, handshake.Length)));
        Assert.That(
            PacketHeader.TryParse(datagram.AsSpan(first.Length + second.Length), 8, out PacketHeader third), Is.True);
        Assert.That((third.Type, third.Length), Is.EqualTo((PacketType.OneRtt, 31)));
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Drops_a_long_header_that_is_cut_off_anywhere(int type)
    {
        byte[] packet = Long((PacketType)type, Destination, Source, "token"u8);
        for (int length = 0; length < packet.Length; length++)
        {
            Assert.That(PacketHeader.TryParse(packet.AsSpan(0, length), 8, out _), Is.False, $"{length} bytes");
        }
    }

    [Test]
    public void Drops_a_short_header_that_is_cut_off()
    {
        Assert.That(PacketHeader.TryParse([], 8, out _), Is.False);
        Assert.That(PacketHeader.TryParse([0x40, 1, 2, 3, 4, 5, 6, 7], 8, out _), Is.False);
        Assert.That(PacketHeader.TryParse([0x40, 1, 2, 3, 4, 5, 6, 7, 8], 8, out _), Is.True);
    }

    [Test]
    public void Drops_what_has_no_fixed_bit()
    {
        byte[] packet = Long(PacketType.Initial, Destination, Source, default);
        packet[0] &= 0xBF;

        Assert.That(PacketHeader.TryParse(packet, 8, out _), Is.False);
        Assert.That(PacketHeader.TryParse(new byte[40], 8, out _), Is.False);
    }

    [Test]
    public void Nothing_that_comes_in_throws()
    {
        byte[] sample = Long(PacketType.Initial, Destination, Source, "token"u8);
        Gen<byte[]> changed = Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Byte, Gen.Int[0, sample.Length], (at, value, length) =>
        {
            byte[] copy = sample.ToArray();
            copy[at] = value;
            return copy[..length];
        });
        Gen<byte[]> plausible = Gen.Select(
            Gen.Byte[0xC0, 0xFF], Gen.Byte[0, 1], Gen.Byte.Array[0, 60], (first, version, rest) =>
                (byte[])[first, 0, 0, 0, version, .. rest]);

        Gen.OneOf(Gen.Byte.Array[0, 60], plausible, changed).Sample(
            datagram => !PacketHeader.TryParse(datagram, 8, out PacketHeader header)
                || (header.Length > 0
                    && header.Length <= datagram.Length
                    && header.PacketNumberOffset <= header.Length
                    && PacketWriter.TryReadVersionNegotiation(datagram, out _) is var _),
            iter: 200_000);
    }

    /// <summary>A packet of packet number 0x1234 in two bytes, 30 bytes of payload included.</summary>
    private static byte[] Long(PacketType type, ConnectionId destination, ConnectionId source, ReadOnlySpan<byte> token)
    {
        byte[] buffer = new byte[300];
        var w = new SpanWriter(buffer);
        Assert.That(
            PacketWriter.TryWriteLongHeader(
                ref w, type, destination, source, token, 0x1234, 2, out int lengthOffset, out int packetNumberOffset),
            Is.True);
        w.Reserve(30);
        VarInt.Write(buffer.AsSpan(lengthOffset), w.Position - packetNumberOffset, 2);
        return w.Written.ToArray();
    }
}
