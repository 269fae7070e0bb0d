using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Recovery;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Times are microseconds from the start.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EarliestTimerTests
{
    private readonly ManualTimeProvider _time = new();
    private EarliestTimer _timer;
    private int _fired;

    public EarliestTimerTests() => _timer = new EarliestTimer(
        _time.CreateTimer(_ => _fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

    [TearDown]
    public void Dispose() => _timer.Dispose();

    [TestCase(5000, 5)]
    [TestCase(5001, 6)]
    [TestCase(1, 1)]
    [TestCase(-7, 1)]
    public void Fires_in_time_rounded_up_to_a_millisecond(long due, int milliseconds)
    {
        _timer.Set(due, now: 0);
        Assert.That(FiredAfter(milliseconds - 1), Is.Zero);
        Assert.That(FiredAfter(1), Is.EqualTo(1));
    }

    [Test]
    public void Is_set_to_what_is_due_sooner_and_not_to_what_is_due_later()
    {
        _timer.Set(8000, now: 0);
        _timer.Set(4000, now: 0);
        _timer.Set(6000, now: 0);
        Assert.That(FiredAfter(3), Is.Zero);
        Assert.That(FiredAfter(1), Is.EqualTo(1));
    }

    [Test]
    public void Is_set_anew_once_it_has_fired()
    {
        _timer.Set(4000, now: 0);
        Assert.That(FiredAfter(4), Is.EqualTo(1));
        _timer.Set(6000, now: 4000);
        Assert.That(FiredAfter(2), Is.EqualTo(1), "it was not told that it had fired");
        _timer.OnFired();
        _timer.Set(9000, now: 6000);
        Assert.That(FiredAfter(3), Is.EqualTo(2));
    }

    [Test]
    public void Does_not_fire_where_nothing_is_due_or_after_its_end()
    {
        _timer.Set(Instant.Never, now: 0);
        Assert.That(FiredAfter(1_000_000), Is.Zero);
        _timer.Set(2_000_000_000, now: 1_000_000_000);
        _timer.Dispose();
        Assert.That(FiredAfter(2_000_000), Is.Zero);
    }

    private int FiredAfter(int milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return _fired;
    }
}
