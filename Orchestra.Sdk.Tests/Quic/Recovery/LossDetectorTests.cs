using Orchestra.Sdk.Quic.Recovery;
using Orchestra.Sdk.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>What acknowledgments say of the path, RFC 9002 §5 and §6.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LossDetectorTests : IRecoveryOwner
{
    private const int Space = LossDetector.ApplicationSpace;
    private const int Size = 1200;

    private readonly List<long> _lost = [];

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
            SentPacket packet = SentPacket.Rent();
            packet.Number = i;
            packet.Time = i * 1000;
            packet.Size = Size;
            packet.IsAckEliciting = true;
            packet.IsInFlight = true;
            packet.Add(new SentFrame(FrameType.Ping, i));
            detector[Space].NextNumber = i + 1;
            detector.OnSent(Space, packet);
        }

        return detector;
    }

    private static void Acknowledge(LossDetector detector, string frame, long now)
    {
        var reader = new FrameReader(Hex.Parse(frame));
        Assert.That(reader.TryRead(out Frame acknowledgment));
        detector.OnAckReceived(Space, acknowledgment.Acks, ackDelay: 0, now);
    }
}
