using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Acknowledgments that lie, and those that never come: RFC 9000 §13 and §21.4.</summary>
[ReturnsBuffers]
internal sealed class AcknowledgmentErrorTests
{
    [Test]
    public void Closes_for_an_acknowledgment_of_what_was_never_sent([Values] EncryptionLevel level)
    {
        // CVE-2025-29785.
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        if (level == EncryptionLevel.Handshake)
        {
            peer.SendCryptoAt(EncryptionLevel.Initial);
        }
        else if (level == EncryptionLevel.Application)
        {
            peer.Shake();
        }

        peer.Send(level, "02 7fff 00 00 00");

        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Closes_for_an_acknowledgment_of_a_number_that_was_left_out()
    {
        // CVE-2025-4820, CVE-2025-4821: who acknowledges what it has not seen would make us send ever faster.
        using ScriptedPeer peer = Exchanged(packets: 700);
        List<long> acknowledged = peer.Sent(FrameType.Ack, static (in frame) => frame.Acks.LargestAcknowledged);
        Assert.That(acknowledged, Is.Not.Empty);

        peer.Acknowledge();
        peer.AssertOpen();
        long largest = peer.LargestReceived;
        peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) =>
            FrameWriter.TryWriteAck(ref w, 0, [new PacketRange(0, largest)], out _)));
        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Asks_for_an_acknowledgment_of_its_own_now_and_then()
    {
        using ScriptedPeer peer = Exchanged(packets: 1);
        peer.Acknowledge();
        for (int i = 0; i < 300; i++)
        {
            peer.Send(EncryptionLevel.Application, [1]);
        }

        // No more than one at a time; once it is acknowledged the next follows in time.
        Assert.That(peer.Count(FrameType.Ping), Is.EqualTo(1));
        peer.Acknowledge();
        for (int i = 0; i < 300; i++)
        {
            peer.Send(EncryptionLevel.Application, [1]);
        }

        Assert.That(peer.Count(FrameType.Ping), Is.EqualTo(2));
    }

    [Test]
    public void Disconnects_a_peer_that_makes_it_remember_too_many_packets()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        int sent = 0;
        while (peer.Core.CloseReason is null && ++sent < 20_000)
        {
            // With a gap before each, so that each is acknowledged at once.
            peer.Send(EncryptionLevel.Application, [1], new PacketSpec { Number = 2 * sent });
        }

        peer.AssertClosed(TransportErrorCode.InternalError);
    }

    [Test]
    public void Tells_what_the_routers_said()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        int[] marks = [2, 2, 2, 1, 3, 0];
        foreach (int mark in marks)
        {
            peer.Deliver(peer.Packet(EncryptionLevel.Application, [1]), ecn: mark);
        }

        peer.AssertOpen();
        Assert.That(peer.Sent(FrameType.AckEcn, static (in frame) => frame.Ecn).Last(), Is.EqualTo(new EcnCounts(3, 1, 1)));

        // What a peer says of marks that we never made is of no interest.
        peer.Send(EncryptionLevel.Application, "03 00 00 00 00 05 05 05");
        peer.AssertOpen();
    }

    private static ScriptedPeer Exchanged(int packets)
    {
        ScriptedPeer peer = ScriptedPeer.Client();
        for (int i = 0; i < packets; i++)
        {
            peer.Send(EncryptionLevel.Application, [1]);
            peer.Send(EncryptionLevel.Application, [1]);
        }

        return peer;
    }
}
