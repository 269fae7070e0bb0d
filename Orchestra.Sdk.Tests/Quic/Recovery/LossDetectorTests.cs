using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>What acknowledgments say of the path, RFC 9002 §5 and §6.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LossDetectorTests : IRecoveryOwner
{
    private const int Space = LossDetector.ApplicationSpace;
    private const int Size = 1200;

    private readonly List<long> _lost = [];
    private long _next;

    [Test]
    public void Samples_the_round_trip_of_the_largest_of_several()
    {
        LossDetector detector = Sent(packets: 3);
        Acknowledge(detector, "02 02 00 00 02", now: 50_000);
        Assert.That(detector.Rtt.HasSample);
        Assert.That(detector.Rtt.Latest, Is.EqualTo(50_000 - 2000));
    }

    [Test]
    public void Takes_no_sample_of_what_was_acknowledged_before()
    {
        LossDetector detector = Sent(packets: 3);
        Acknowledge(detector, "02 02 00 00 00", now: 50_000);
        Acknowledge(detector, "02 02 00 00 01", now: 90_000);
        Assert.That(detector.Rtt.Latest, Is.EqualTo(50_000 - 2000));
    }

    [Test]
    public void Takes_three_later_ones_for_a_loss()
    {
        LossDetector detector = Sent(packets: 5);
        Acknowledge(detector, "02 03 00 00 00", now: 53_000);
        Assert.That(_lost, Is.EqualTo(new[] { 0L }));
        Acknowledge(detector, "02 04 00 00 01", now: 53_001);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L }));
    }

    [Test]
    public void Takes_time_for_a_loss()
    {
        LossDetector detector = Sent(packets: 2);
        Acknowledge(detector, "02 01 00 00 00", now: 10_000);
        Assert.That(_lost, Is.Empty);

        // Nine eighths of a round trip of 9 ms after it was sent.
        Assert.That(detector.NextTimeout(), Is.EqualTo(10_125));
        detector.OnTimeout(10_125);
        Assert.That(_lost, Is.EqualTo(new[] { 0L }));
        Assert.That(detector.Congestion.BytesInFlight, Is.Zero);
    }

    [Test]
    public void Takes_the_loss_of_a_size_probe_for_no_congestion([Values] bool isSizeProbe)
    {
        LossDetector detector = Sent(packets: 5);
        long window = detector.Congestion.Window;
        detector[Space].Sent[0]!.IsSizeProbe = isSizeProbe;
        Acknowledge(detector, "02 03 00 00 00", now: 53_000);
        Assert.That(_lost, Is.EqualTo(new[] { 0L }));
        Assert.That(detector.Congestion.Window >= window, Is.EqualTo(isSizeProbe));
        Assert.That(detector.Congestion.BytesInFlight, Is.EqualTo(3 * Size));
    }

    [Test]
    public void Offers_the_second_probe_of_a_timeout_what_the_first_did_not_carry()
    {
        // §6.2.4: up to two packets, so that the loss of one does not double the wait.
        LossDetector detector = Sent(packets: 3);
        Expire(detector);
        Assert.That(detector[Space].Probes, Is.EqualTo(2));
        detector.OfferAgain(Space);
        detector.OfferAgain(Space);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L }));

        // The next timeout goes on with what none has carried yet; what probes carried comes after it.
        Send(detector, time: 400_000, carried: 0);
        Send(detector, time: 400_000, carried: 1);
        Expire(detector);
        detector.OfferAgain(Space);
        detector.OfferAgain(Space);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L, 2L, 0L }));
    }

    [Test]
    public void Offers_both_probes_of_a_timeout_the_same_where_there_is_nothing_else()
    {
        LossDetector detector = Sent(packets: 1);
        Expire(detector);
        detector.OfferAgain(Space);
        Send(detector, time: 400_000, carried: 5);
        detector.OfferAgain(Space);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 0L }));
    }

    [Test]
    public void Probes_every_space_that_has_something_in_flight()
    {
        // §6.2.4: "particularly valuable when […] the client has both Handshake and Application Data in flight".
        LossDetector detector = Sent(packets: 1);
        detector.IsHandshakeConfirmed = false;
        Send(detector, time: 0, carried: 7, LossDetector.HandshakeSpace);
        Expire(detector);
        Assert.That((detector[0].Probes, detector[1].Probes, detector[2].Probes), Is.EqualTo((0, 2, 2)));
    }

    [Test]
    public void Forgets_the_backoff_of_what_came_to_a_retry()
    {
        // §6.3: "Clients that receive a Retry packet reset congestion control and loss recovery state, including resetting any pending timers."
        LossDetector detector = Sent(packets: 1);
        Expire(detector);
        detector.LoseAll(Space);
        Assert.That(detector[Space].Probes, Is.Zero);
        Send(detector, time: 2_000_000, carried: 0);
        Assert.That(detector.NextTimeout(), Is.EqualTo(2_000_000 + detector.ProbeTimeout));
    }

    [Test]
    public void Learns_nothing_of_a_new_path_from_what_was_sent_on_the_old_one()
    {
        // RFC 9000 §9.4: "Packets sent on the old path MUST NOT contribute to congestion control or RTT estimation for the new path."
        LossDetector detector = Sent(packets: 6);
        detector.OnPathChanged(now: 6000);
        long window = detector.Congestion.Window;
        Acknowledge(detector, "02 05 00 00 01", now: 50_000);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L, 2L }));
        Assert.That(detector.Rtt.HasSample, Is.False);
        Assert.That(detector.Congestion.Window, Is.EqualTo(window));

        Send(detector, time: 60_000, carried: 0);
        Acknowledge(detector, "02 06 00 00 00", now: 90_000);
        Assert.That(detector.Rtt.Latest, Is.EqualTo(30_000));
        Assert.That(detector.Congestion.Window, Is.GreaterThan(window));
    }

    [Test]
    public void An_acknowledgment_that_comes_again_and_again_costs_nothing_more()
    {
        // 64 ranges over 16,384 packets.
        const int Packets = 16_384;
        LossDetector detector = Sent(Packets);
        byte[] bytes = new byte[1000];
        var writer = new SpanWriter(bytes);
        PacketRange[] ranges = [.. Enumerable.Range(1, 64).Select(static i => new PacketRange(Packets - (i * 256), Packets - (i * 256) + 100))];
        Assert.That(FrameWriter.TryWriteAck(ref writer, 0, ranges, out _));
        string frame = Convert.ToHexString(bytes[..writer.Position]);

        // Whatever it says, only what lies above its end is left to be looked at.
        for (int i = 0; i < 100; i++)
        {
            Acknowledge(detector, frame, now: 20_000_000 + i);
            Assert.That(detector[Space].Sent.Span, Is.EqualTo(155));
        }

        Assert.That(detector[Space].TotalAcknowledged.Packets, Is.EqualTo(64 * 101));
    }

    void IRecoveryOwner.OnAcknowledged(int space, in SentFrame frame)
    {
    }

    void IRecoveryOwner.OnLost(int space, in SentFrame frame) => _lost.Add(frame.Id);

    /// <summary>Packets that were sent a millisecond apart, from 0 on.</summary>
    private LossDetector Sent(int packets)
    {
        var detector = new LossDetector(this, Size) { IsHandshakeConfirmed = true };
        for (int i = 0; i < packets; i++)
        {
            Send(detector, time: i * 1000, carried: i);
        }

        return detector;
    }

    private void Send(LossDetector detector, long time, long carried, int space = Space)
    {
        SentPacket packet = SentPacket.Rent();
        packet.Number = space == Space ? _next++ : 0;
        packet.Time = time;
        packet.Size = Size;
        packet.IsAckEliciting = true;
        packet.IsInFlight = true;
        packet.Add(new SentFrame(FrameType.Ping, carried));
        detector[space].NextNumber = packet.Number + 1;
        detector.OnSent(space, packet);
    }

    private static void Expire(LossDetector detector) => detector.OnTimeout(detector.NextTimeout());

    private static void Acknowledge(LossDetector detector, string frame, long now)
    {
        Invariants.Check(detector);
        var reader = new FrameReader(Hex.Parse(frame));
        Assert.That(reader.TryRead(out Frame acknowledgment));
        detector.OnAckReceived(Space, acknowledgment.Acks, ackDelay: 0, now);
    }
}
