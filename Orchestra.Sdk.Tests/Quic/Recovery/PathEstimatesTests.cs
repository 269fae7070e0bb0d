using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PathEstimatesTests
{
    private const int Size = 1200;

    // A bucket of 16 datagrams.
    private const int Burst = 16;

    private readonly PathEstimates _path = new(Size);

    [Test]
    public void Remembers_when_the_first_round_trip_was_known()
    {
        Assert.That(_path.FirstSampleTime, Is.EqualTo(Instant.Never));
        _path.OnSample(5000, ackDelay: 0, now: 100);
        _path.OnSample(6000, ackDelay: 0, now: 200);
        Assert.That((_path.FirstSampleTime, _path.Rtt.Latest), Is.EqualTo((100, 6000)));
    }

    [Test]
    public void Begins_anew_on_another_path_with_what_is_in_flight()
    {
        // RFC 9000 §9.4.
        _path.OnSent(Size);
        _path.OnSample(5000, ackDelay: 0, now: 100);
        _path.OnPersistentCongestion();
        _path.Reset(firstPacket: 7, now: 300);
        Assert.That((_path.Rtt.HasSample, _path.FirstSampleTime, _path.FirstPacket), Is.EqualTo((false, Instant.Never, 7)));
        Assert.That((_path.Congestion.Window, _path.Congestion.BytesInFlight), Is.EqualTo((new CongestionController(Size).Window, Size)));
    }

    [Test]
    public void Falls_to_two_datagrams_and_the_newest_round_trip_after_persistent_congestion()
    {
        _path.OnSample(5000, ackDelay: 0, now: 100);
        _path.OnSample(9000, ackDelay: 0, now: 200);
        _path.OnPersistentCongestion();
        Assert.That((_path.Congestion.Window, _path.Rtt.Minimum), Is.EqualTo((2 * Size, 9000)));
    }

    [Test]
    public void Asking_when_to_send_changes_nothing()
    {
        for (int i = 0; i < Burst; i++)
        {
            _path.OnSent(Size);
        }

        long time = _path.NextSendTime(now: 0);
        Assert.That(time, Is.Positive);
        Assert.That(_path.NextSendTime(now: 0), Is.EqualTo(time));
    }

    [Test]
    public void Sends_on_at_once_when_enough_time_has_passed()
    {
        for (int i = 0; i < Burst; i++)
        {
            _path.OnSent(Size);
        }

        long time = _path.NextSendTime(now: 0);
        _path.RefillPace(time);
        Assert.That(_path.NextSendTime(time), Is.EqualTo(time));
    }
}
