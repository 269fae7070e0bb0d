using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>What is sent again and what is not, RFC 9000 §13.3.</summary>
internal sealed class SentFramesTests : ConnectionPartsFixture
{
    private SentFrames _sent = null!;
    private PayloadWriter _payloads = null!;

    [SetUp]
    public void Connect()
    {
        Connect(isServer: true, maxDatagramSize: 4000);
        _sent = new SentFrames(Parts);
        _payloads = new PayloadWriter(Parts, ackDelayExponent: 3);
    }

    [TestCase(FrameType.Crypto)]
    [TestCase(FrameType.HandshakeDone)]
    [TestCase(FrameType.NewConnectionId)]
    [TestCase(FrameType.RetireConnectionId)]
    [TestCase(FrameType.PathChallenge)]
    [TestCase(FrameType.Stream)]
    [TestCase(FrameType.ResetStream)]
    [TestCase(FrameType.StopSending)]
    [TestCase(FrameType.MaxData)]
    public void What_is_lost_is_due_again_and_what_arrived_is_not(FrameType type)
    {
        MakeDue(type);
        SentFrame[] first = Write();
        Assert.That(first.Select(static frame => frame.Type), Is.EqualTo(new[] { type }));
        Assert.That(Write(), Is.Empty);
        TellLost(first);
        SentFrame[] second = Write();
        Assert.That(second, Is.EqualTo(first), "the same again");
        TellAcknowledged(second);
        Assert.That(Write(), Is.Empty);
    }

    // A copy of it arrived, as after a probe.
    [TestCase(FrameType.Crypto)]
    [TestCase(FrameType.RetireConnectionId)]
    [TestCase(FrameType.Stream)]
    [TestCase(FrameType.ResetStream)]
    public void What_arrived_before_it_was_lost_is_not_due_again(FrameType type)
    {
        MakeDue(type);
        SentFrame[] frames = Write();
        TellAcknowledged(frames);
        TellLost(frames);
        Assert.That(Write(), Is.Empty);
    }

    [Test]
    public void Handshake_data_belongs_to_its_level()
    {
        Begin(isServer: true);
        _sent = new SentFrames(Parts);
        Parts.Spaces.Initial.Crypto.Send([1, 2, 3]);
        Parts.Spaces.Handshake.Crypto.Send([4, 5]);
        SentFrame[] initial = Write(Parts.Spaces.Initial);
        Write(Parts.Spaces.Handshake);
        TellLost(initial, PacketNumberSpace.Initial);
        Assert.That((Parts.Spaces.Initial.Crypto.HasPending, Parts.Spaces.Handshake.Crypto.HasPending), Is.EqualTo((true, false)));
        TellAcknowledged(initial, PacketNumberSpace.Initial);
        Assert.That(Parts.Spaces.HasPendingCrypto, Is.False);
    }

    // §13.2.4: whoever knows that the peer has an acknowledgment need not repeat what it told.
    [Test]
    public void Packets_are_not_acknowledged_again_once_the_peer_knows()
    {
        Application.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        Application.Received.Add(2, isAckEliciting: true, ecn: 0, Now);
        SentFrame[] frames = Write();
        Application.Received.Add(4, isAckEliciting: true, ecn: 0, Now);
        TellLost(frames);
        Assert.That(Application.Received.Ranges.Length, Is.EqualTo(3));
        TellAcknowledged(frames);
        Assert.That(Application.Received.Ranges.ToArray(), Is.EqualTo(new[] { new PacketRange(4, 4) }));
    }

    [Test]
    public void A_lost_acknowledgment_makes_no_new_one_due()
    {
        Application.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        SentFrame[] frames = Write(now: Now + ReceivedPackets.MaxAckDelay);
        Assert.That(frames.Select(static frame => frame.Type), Is.EqualTo(new[] { FrameType.Ack }));
        TellLost(frames);
        Assert.That((Application.Received.HasUnacknowledged, _payloads.HasPending), Is.EqualTo((false, false)));
    }

    // §14.4.
    [Test]
    public void A_size_probe_that_arrives_shows_its_size_and_one_that_is_lost_is_tried_again()
    {
        Parts.Paths.PeerMaxDatagramSize = 4000;
        Parts.Paths.OnSent(ConnectionCore.BaseDatagramSize);
        Parts.Paths.DueSizeProbe!.OnSent(7);
        Assert.That(Parts.Paths.DueSizeProbe, Is.Null);
        TellLost([new SentFrame(FrameType.Ping, 7)]);
        Assert.That(Parts.Paths.DueSizeProbe, Is.Not.Null);
        Parts.Paths.DueSizeProbe!.OnSent(8);
        TellAcknowledged([new SentFrame(FrameType.Ping, 8)]);
        Assert.That((Parts.Paths.Current.DatagramSize, Parts.Paths.DueSizeProbe), Is.EqualTo((4000, (SizeProbe?)null)));
    }

    private void MakeDue(FrameType type)
    {
        switch (type)
        {
            case FrameType.Crypto:
                Application.Crypto.Send([1, 2, 3]);
                break;
            case FrameType.HandshakeDone:
                Parts.Handshake.IsDoneDue = true;
                break;
            case FrameType.NewConnectionId:
                Parts.LocalIds.Start(peerLimit: 2);
                break;
            case FrameType.RetireConnectionId:
                Parts.RemoteIds.Add(new Frame
                {
                    Type = FrameType.NewConnectionId,
                    SequenceNumber = 1,
                    ConnectionId = ConnectionId.Random(8),
                    StatelessResetToken = new byte[16],
                });
                Parts.RemoteIds.Change();
                break;
            case FrameType.PathChallenge:
                Parts.Paths.Current.Challenge(Now);
                break;
            case FrameType.Stream:
                Assert.That(Parts.Streams.TryOpen(bidirectional: true, out long id));
                Parts.Streams.Write(id, [1, 2, 3], fin: true);
                break;
            case FrameType.ResetStream:
                Assert.That(Parts.Streams.TryOpen(bidirectional: true, out id));
                Parts.Streams.Reset(id, errorCode: 9);
                break;
            case FrameType.StopSending:
                Assert.That(Parts.Streams.TryOpen(bidirectional: true, out id));
                Parts.Streams.StopSending(id, errorCode: 9);
                break;
            case FrameType.MaxData:
                Parts.Streams.Flow.OnConsumed(Parts.Streams.Flow.ReceiveLimit / 2);
                break;
        }
    }

    private SentFrame[] Write(long now = Now) => Write(Application, now);

    private SentFrame[] Write(PacketSpace space, long now = Now)
    {
        var writer = new SpanWriter(new byte[1000]);
        SentPacket packet = SentPacket.Rent();
        new PayloadWriter(Parts, ackDelayExponent: 3).Write(ref writer, packet, space, maySend: true, now);
        SentFrame[] frames = packet.Frames.ToArray();
        packet.Return();
        return frames;
    }

    private void TellLost(SentFrame[] frames, PacketNumberSpace space = PacketNumberSpace.Application)
    {
        foreach (SentFrame frame in frames)
        {
            _sent.OnLost(space, frame);
        }
    }

    private void TellAcknowledged(SentFrame[] frames, PacketNumberSpace space = PacketNumberSpace.Application)
    {
        foreach (SentFrame frame in frames)
        {
            _sent.OnAcknowledged(space, frame);
        }
    }
}
