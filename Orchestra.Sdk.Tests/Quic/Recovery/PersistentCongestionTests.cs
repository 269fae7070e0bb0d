using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>When nothing arrives for so long that the window falls to its minimum, RFC 9002 §7.6.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PersistentCongestionTests : ISentFrameSink
{
    private const PacketNumberSpace Handshake = PacketNumberSpace.Handshake;
    private const PacketNumberSpace Application = PacketNumberSpace.Application;
    private const int Size = 1200;
    private const long RoundTrip = 100_000;

    // After two equal samples: three times a probe timeout of 100 ms + 4 * 37.5 ms + 25 ms. After more it is less.
    private const long Duration = 3 * 275_000;

    private readonly TestRecovery _recovery;
    private long _now = 1_000_000;

    public PersistentCongestionTests() => _recovery = new TestRecovery(this, Size);

    private bool IsEstablished => _recovery.Path.Congestion.Window == 2 * Size;

    [Test]
    public void Is_established_by_the_loss_of_two_packets_far_enough_apart()
    {
        Sample();
        Send();
        Send(after: Duration + 1);
        AcknowledgeTheNext();
        Assert.That(IsEstablished);
    }

    [Test]
    public void Is_not_established_by_packets_that_are_not_further_apart_than_the_duration()
    {
        Sample();
        Send();
        Send(after: Duration);
        AcknowledgeTheNext();
        Assert.That(IsEstablished, Is.False);
    }

    [Test]
    public void Is_not_established_where_a_packet_between_was_acknowledged_before()
    {
        // "across all packet number spaces, none of the packets sent between the send times of these two packets are acknowledged".
        Sample();
        Send();
        long between = Send();
        _now += RoundTrip;
        Acknowledge(between);
        Send(after: Duration + 1);
        AcknowledgeTheNext();
        Assert.That(IsEstablished, Is.False);
    }

    [Test]
    public void Is_not_established_where_a_packet_between_is_acknowledged_with_the_losses()
    {
        Sample();
        Send();
        long between = Send(after: Duration / 2);
        Send(after: (Duration / 2) + 1);
        long last = Send(after: 2 * RoundTrip);
        _now += RoundTrip;
        Receive(Application, last, last, between, between);
        Assert.That(IsEstablished, Is.False);
    }

    [Test]
    public void Is_not_established_where_a_packet_of_another_space_between_was_acknowledged([Values] bool isAcknowledged)
    {
        Sample();
        Send();
        long between = Send(after: Duration / 2, space: Handshake);
        _now += RoundTrip;
        if (isAcknowledged)
        {
            Receive(Handshake, between, between);
        }

        Send(after: (Duration / 2) + 1);
        AcknowledgeTheNext();
        Assert.That(IsEstablished, Is.EqualTo(!isAcknowledged));
    }

    [Test]
    public void Is_established_by_the_longest_of_several_runs()
    {
        Sample();
        Send();
        long between = Send();
        _now += RoundTrip;
        Acknowledge(between);
        Send();
        Send(after: Duration + 1);
        AcknowledgeTheNext();
        Assert.That(IsEstablished);
    }

    [Test]
    public void Is_not_established_by_packets_that_were_sent_before_the_first_sample()
    {
        // "a prior RTT sample existed when these two packets were sent".
        Send();
        Sample();
        Send(after: Duration + 1);
        AcknowledgeTheNext();
        Assert.That(IsEstablished, Is.False);
    }

    [Test]
    public void Is_not_established_by_packets_that_want_no_acknowledgment()
    {
        // "These two packets MUST be ack-eliciting".
        Sample();
        Send(isAckEliciting: false);
        Send();
        Send(after: Duration + 1, isAckEliciting: false);
        AcknowledgeTheNext();
        Assert.That(IsEstablished, Is.False);
    }

    [Test]
    public void Begins_the_minimum_of_the_round_trip_anew()
    {
        // §5.2: "Endpoints SHOULD set the min_rtt to the newest RTT sample after persistent congestion is established."
        Sample();
        Send();
        Send(after: 2 * Duration);
        AcknowledgeTheNext(roundTrip: 3 * RoundTrip);
        Assert.That(IsEstablished);
        Assert.That(_recovery.Path.Rtt.Minimum, Is.EqualTo(3 * RoundTrip));
    }

    void ISentFrameSink.OnAcknowledged(PacketNumberSpace space, in SentFrame frame)
    {
    }

    void ISentFrameSink.OnLost(PacketNumberSpace space, in SentFrame frame)
    {
    }

    private void Sample()
    {
        long number = Send(after: 1000);
        _now += RoundTrip;
        Acknowledge(number);
        Assert.That(_recovery.Path.Rtt.Smoothed, Is.EqualTo(RoundTrip));
    }

    /// <summary>A packet that gets through again: what was sent before it is lost.</summary>
    private void AcknowledgeTheNext(long roundTrip = RoundTrip)
    {
        long number = Send(after: 2 * RoundTrip);
        _now += roundTrip;
        Acknowledge(number);
    }

    private long Send(long after = 1000, PacketNumberSpace space = Application, bool isAckEliciting = true)
    {
        _now += after;
        SentPacket packet = SentPacket.Rent();
        packet.Number = _recovery.Spaces[space].NextNumber++;
        packet.Time = _now;
        packet.Size = Size;
        packet.IsAckEliciting = isAckEliciting;
        packet.IsInFlight = isAckEliciting;
        _recovery.Detector.OnSent(space, packet);
        return packet.Number;
    }

    private void Acknowledge(long number) => Receive(Application, number, number);

    /// <summary>One range, or two with the larger one first.</summary>
    private void Receive(PacketNumberSpace space, params long[] ranges)
    {
        PacketRange[] list = [.. ranges.Chunk(2).Select(static range => new PacketRange(range[1], range[0]))];
        byte[] bytes = new byte[100];
        var writer = new SpanWriter(bytes);
        Assert.That(FrameWriter.TryWriteAck(ref writer, 0, list, out _));
        var reader = new FrameReader(bytes);
        Assert.That(reader.TryRead(out Frame frame));
        _recovery.Detector.OnAckReceived(space, frame.Acks, ackDelay: 0, _now);
        Invariants.Check(_recovery.Spaces, _recovery.Path);
    }
}
