using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>What acknowledgments say of the path, RFC 9002 §5 and §6.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LossDetectorTests : ISentFrameSink
{
    private const PacketNumberSpace Space = PacketNumberSpace.Application;
    private const int Size = 1200;

    private readonly List<long> _lost = [];
    private long _next;

    [Test]
    public void Samples_the_round_trip_of_the_largest_of_several()
    {
        TestRecovery recovery = Sent(packets: 3);
        Acknowledge(recovery, "02 02 00 00 02", now: 50_000);
        Assert.That(recovery.Path.Rtt.HasSample);
        Assert.That(recovery.Path.Rtt.Latest, Is.EqualTo(50_000 - 2000));
    }

    [Test]
    public void Takes_no_sample_of_what_was_acknowledged_before()
    {
        TestRecovery recovery = Sent(packets: 3);
        Acknowledge(recovery, "02 02 00 00 00", now: 50_000);
        Acknowledge(recovery, "02 02 00 00 01", now: 90_000);
        Assert.That(recovery.Path.Rtt.Latest, Is.EqualTo(50_000 - 2000));
    }

    [Test]
    public void Takes_three_later_ones_for_a_loss()
    {
        TestRecovery recovery = Sent(packets: 5);
        Acknowledge(recovery, "02 03 00 00 00", now: 53_000);
        Assert.That(_lost, Is.EqualTo(new[] { 0L }));
        Acknowledge(recovery, "02 04 00 00 01", now: 53_001);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L }));
    }

    [Test]
    public void Takes_time_for_a_loss()
    {
        TestRecovery recovery = Sent(packets: 2);
        Acknowledge(recovery, "02 01 00 00 00", now: 10_000);
        Assert.That(_lost, Is.Empty);

        // Nine eighths of a round trip of 9 ms after it was sent.
        Assert.That(recovery.Detector.NextTimeout(), Is.EqualTo(10_125));
        recovery.Detector.OnTimeout(10_125);
        Assert.That(_lost, Is.EqualTo(new[] { 0L }));
        Assert.That(recovery.Path.Congestion.BytesInFlight, Is.Zero);
    }

    [Test]
    public void Takes_the_loss_of_a_size_probe_for_no_congestion([Values] bool isSizeProbe)
    {
        TestRecovery recovery = Sent(packets: 5);
        long window = recovery.Path.Congestion.Window;
        recovery.Spaces[Space].Packets[0]!.IsSizeProbe = isSizeProbe;
        Acknowledge(recovery, "02 03 00 00 00", now: 53_000);
        Assert.That(_lost, Is.EqualTo(new[] { 0L }));
        Assert.That(recovery.Path.Congestion.Window >= window, Is.EqualTo(isSizeProbe));
        Assert.That(recovery.Path.Congestion.BytesInFlight, Is.EqualTo(3 * Size));
    }

    [Test]
    public void Offers_the_second_probe_of_a_timeout_what_the_first_did_not_carry()
    {
        // §6.2.4: up to two packets, so that the loss of one does not double the wait.
        TestRecovery recovery = Sent(packets: 3);
        Expire(recovery);
        Assert.That(recovery.Spaces[Space].Probes, Is.EqualTo(2));
        recovery.Detector.OfferAgain(Space);
        recovery.Detector.OfferAgain(Space);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L }));

        // The next timeout goes on with what none has carried yet; what probes carried comes after it.
        Send(recovery, time: 400_000, carried: 0);
        Send(recovery, time: 400_000, carried: 1);
        Expire(recovery);
        recovery.Detector.OfferAgain(Space);
        recovery.Detector.OfferAgain(Space);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L, 2L, 0L }));
    }

    [Test]
    public void Offers_both_probes_of_a_timeout_the_same_where_there_is_nothing_else()
    {
        TestRecovery recovery = Sent(packets: 1);
        Expire(recovery);
        recovery.Detector.OfferAgain(Space);
        Send(recovery, time: 400_000, carried: 5);
        recovery.Detector.OfferAgain(Space);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 0L }));
    }

    [Test]
    public void Probes_every_space_that_has_something_in_flight()
    {
        // §6.2.4: "particularly valuable when […] the client has both Handshake and Application Data in flight".
        TestRecovery recovery = Sent(packets: 1);
        recovery.Handshake.IsConfirmed = false;
        Send(recovery, time: 0, carried: 7, PacketNumberSpace.Handshake);
        Expire(recovery);
        Assert.That((Probes(recovery, PacketNumberSpace.Initial), Probes(recovery, PacketNumberSpace.Handshake), Probes(recovery, Space)), Is.EqualTo((0, 2, 2)));
    }

    [Test]
    public void Forgets_the_backoff_of_what_came_to_a_retry()
    {
        // §6.3: "Clients that receive a Retry packet reset congestion control and loss recovery state, including resetting any pending timers."
        TestRecovery recovery = Sent(packets: 1);
        Expire(recovery);
        recovery.Detector.LoseAll(Space);
        Assert.That(recovery.Spaces[Space].Probes, Is.Zero);
        Send(recovery, time: 2_000_000, carried: 0);
        Assert.That(recovery.Detector.NextTimeout(), Is.EqualTo(2_000_000 + recovery.Detector.Probe.Period));
    }

    [Test]
    public void Learns_nothing_of_a_new_path_from_what_was_sent_on_the_old_one()
    {
        // RFC 9000 §9.4: "Packets sent on the old path MUST NOT contribute to congestion control or RTT estimation for the new path."
        TestRecovery recovery = Sent(packets: 6);
        recovery.Path.Reset(firstPacket: _next, now: 6000);
        long window = recovery.Path.Congestion.Window;
        Acknowledge(recovery, "02 05 00 00 01", now: 50_000);
        Assert.That(_lost, Is.EqualTo(new[] { 0L, 1L, 2L }));
        Assert.That(recovery.Path.Rtt.HasSample, Is.False);
        Assert.That(recovery.Path.Congestion.Window, Is.EqualTo(window));

        Send(recovery, time: 60_000, carried: 0);
        Acknowledge(recovery, "02 06 00 00 00", now: 90_000);
        Assert.That(recovery.Path.Rtt.Latest, Is.EqualTo(30_000));
        Assert.That(recovery.Path.Congestion.Window, Is.GreaterThan(window));
    }

    [Test]
    public void An_acknowledgment_that_comes_again_and_again_costs_nothing_more()
    {
        // 64 ranges over 16,384 packets.
        const int Packets = 16_384;
        TestRecovery recovery = Sent(Packets);
        byte[] bytes = new byte[1000];
        var writer = new SpanWriter(bytes);
        PacketRange[] ranges = [.. Enumerable.Range(1, 64).Select(static i => new PacketRange(Packets - (i * 256), Packets - (i * 256) + 100))];
        Assert.That(FrameWriter.TryWriteAck(ref writer, 0, ranges, out _));
        string frame = Convert.ToHexString(bytes[..writer.Position]);

        // Whatever it says, only what lies above its end is left to be looked at.
        for (int i = 0; i < 100; i++)
        {
            Acknowledge(recovery, frame, now: 20_000_000 + i);
            Assert.That(recovery.Spaces[Space].Packets.Span, Is.EqualTo(155));
        }

        Assert.That(recovery.Spaces[Space].TotalAcknowledged.Packets, Is.EqualTo(64 * 101));
    }

    void ISentFrameSink.OnAcknowledged(PacketNumberSpace space, in SentFrame frame)
    {
    }

    void ISentFrameSink.OnLost(PacketNumberSpace space, in SentFrame frame) => _lost.Add(frame.Id);

    /// <summary>Packets that were sent a millisecond apart, from 0 on.</summary>
    private TestRecovery Sent(int packets)
    {
        var recovery = new TestRecovery(this, Size);
        for (int i = 0; i < packets; i++)
        {
            Send(recovery, time: i * 1000, carried: i);
        }

        return recovery;
    }

    private void Send(TestRecovery recovery, long time, long carried, PacketNumberSpace space = Space)
    {
        SentPacket packet = SentPacket.Rent();
        packet.Number = space == Space ? _next++ : 0;
        packet.Time = time;
        packet.Size = Size;
        packet.IsAckEliciting = true;
        packet.IsInFlight = true;
        packet.Add(new SentFrame(FrameType.Ping, carried));
        recovery.Spaces[space].NextNumber = packet.Number + 1;
        recovery.Detector.OnSent(space, packet);
    }

    private static int Probes(TestRecovery recovery, PacketNumberSpace space) => recovery.Spaces[space].Probes;

    private static void Expire(TestRecovery recovery) => recovery.Detector.OnTimeout(recovery.Detector.NextTimeout());

    private static void Acknowledge(TestRecovery recovery, string frame, long now)
    {
        Invariants.Check(recovery.Spaces, recovery.Path);
        var reader = new FrameReader(Hex.Parse(frame));
        Assert.That(reader.TryRead(out Frame acknowledgment));
        recovery.Detector.OnAckReceived(Space, acknowledgment.Acks, ackDelay: 0, now);
    }
}
