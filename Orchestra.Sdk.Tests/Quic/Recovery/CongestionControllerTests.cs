using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>The congestion window, RFC 9002 §7.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CongestionControllerTests
{
    private const int Size = 1200;

    private readonly CongestionController _controller = new(Size);

    [Test]
    public void Doubles_in_slow_start_and_falls_once_for_all_losses_of_a_round_trip()
    {
        Assert.That(_controller.Window, Is.EqualTo(10 * Size));
        Acknowledge(10, sentTime: 1, now: 100);
        Assert.That(_controller.Window, Is.EqualTo(20 * Size));

        _controller.OnCongestion(sentTime: 150, now: 200);
        Assert.That(_controller.Window, Is.EqualTo(14 * Size));
        _controller.OnCongestion(sentTime: 190, now: 210);
        Assert.That(_controller.Window, Is.EqualTo(14 * Size));

        // What was sent before says nothing of how it is now.
        Acknowledge(10, sentTime: 200, now: 300);
        Assert.That(_controller.Window, Is.EqualTo(14 * Size));
        _controller.OnCongestion(sentTime: 201, now: 300);
        Assert.That(_controller.Window, Is.LessThan(14 * Size));
    }

    [Test]
    public void Does_not_grow_when_it_is_not_used_up()
    {
        Acknowledge(10, sentTime: 1, now: 100, isApplicationLimited: true);
        Assert.That(_controller.Window, Is.EqualTo(10 * Size));
    }

    [Test]
    public void Keeps_two_datagrams_whatever_happens()
    {
        for (int i = 1; i < 20; i++)
        {
            _controller.OnCongestion(sentTime: i * 1000, now: (i * 1000) + 1);
        }

        Assert.That(_controller.Window, Is.EqualTo(2 * Size));
        _controller.OnPersistentCongestion();
        Assert.That(_controller.Window, Is.EqualTo(2 * Size));
    }

    [Test]
    public void Counts_what_is_in_flight()
    {
        _controller.OnSent(9 * Size);
        Assert.That(_controller.CanSend(Size));
        Assert.That(_controller.CanSend(Size + 1), Is.False);
        _controller.OnLost(Size);
        _controller.OnDiscarded(Size);
        Assert.That(_controller.BytesInFlight, Is.EqualTo(7 * Size));
    }

    private void Acknowledge(int packets, long sentTime, long now, bool isApplicationLimited = false)
    {
        for (int i = 0; i < packets; i++)
        {
            SentPacket packet = SentPacket.Rent();
            packet.Size = Size;
            packet.Time = sentTime;
            packet.IsApplicationLimited = isApplicationLimited;
            _controller.OnSent(Size);
            _controller.OnAcknowledged(packet, roundTrip: 100, now);
            packet.Return();
        }
    }
}
