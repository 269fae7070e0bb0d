using Orchestra.Quic.Connection;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Which packets may begin a connection.</summary>
internal sealed class FirstPacketTests
{
    private static readonly ConnectionId Destination = ConnectionId.Random(8);

    [Test]
    public void One_that_opens_may_and_it_stays_as_it_came()
    {
        byte[] packet = InitialPacket.Create(Destination, "06 00 01 00");
        byte[] before = [.. packet];
        Assert.That(TryOpen(packet));
        Assert.That(packet, Is.EqualTo(before));
    }

    [Test]
    public void One_that_was_changed_anywhere_may_not([Values(0, 6, 20, 600, 1199)] int at)
    {
        byte[] packet = InitialPacket.Create(Destination, "06 00 01 00");
        packet[at] ^= 1;
        Assert.That(PacketHeader.TryParse(packet, 8, out _) && TryOpen(packet), Is.False);
    }

    [Test]
    public void One_that_is_too_short_for_its_protection_may_not()
    {
        byte[] packet = [0xc0, 0, 0, 0, 1, 8, .. new byte[8], 0, 0, 5, 1, 2, 3, 4, 5];
        Assert.That(TryOpen(packet), Is.False);
    }

    // It would end the connection that it begins: nothing is kept of it then.
    [TestCase("1e")]
    [TestCase("0b 00 01 61")]
    [TestCase("1d 00 00")]
    public void One_with_a_frame_that_it_may_not_carry_breaks_a_rule(string frames)
    {
        byte[] packet = InitialPacket.Create(Destination, frames);
        TransportException exception = Assert.Throws<TransportException>(() => TryOpen(packet))!;
        Assert.That(exception.Code, Is.EqualTo(TransportErrorCode.ProtocolViolation));
    }

    [TestCase("01")]
    [TestCase("00")]
    [TestCase("02 00 00 00 00")]
    [TestCase("1c 00 00 00")]
    public void One_with_other_frames_of_a_handshake_may(string frames) =>
        Assert.That(TryOpen(InitialPacket.Create(Destination, frames)));

    private static bool TryOpen(byte[] packet)
    {
        Assert.That(PacketHeader.TryParse(packet, LocalConnectionIds.Length, out PacketHeader header));
        return FirstPacket.TryOpen(packet.AsSpan(0, header.Length), header);
    }
}
