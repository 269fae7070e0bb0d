using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>A window of a hundred bytes, and a round trip of ten microseconds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GrowingWindowTests
{
    private const long RoundTrip = 10;
    private const long Start = 1000;

    private GrowingWindow _window = new(size: 100);

    public GrowingWindowTests() => IsUsedUp(0, Start);

    [TestCase(24, 100, false)]
    [TestCase(25, 100, true)]
    [TestCase(25, 101, false)]
    public void A_new_limit_is_due_when_a_quarter_was_read(long consumed, long limit, bool isDue) =>
        Assert.That(_window.IsRaiseDue(consumed, limit), Is.EqualTo(isDue));

    [TestCase(100, 39, true)]
    [TestCase(100, 40, false)]
    [TestCase(50, 19, true)]
    [TestCase(50, 20, false)]
    [TestCase(0, 10, false)]
    public void A_larger_one_is_of_use_where_all_of_it_is_used_up_in_four_round_trips(long used, long time, bool isUsedUp) =>
        Assert.That(IsUsedUp(used, Start + time), Is.EqualTo(isUsedUp));

    [Test]
    public void What_is_used_late_and_then_at_once_makes_no_larger_one_of_use()
    {
        Assert.That(IsUsedUp(25, Start + 1000), Is.False);
        Assert.That(IsUsedUp(100, Start + 1000), Is.False);
        Assert.That(IsUsedUp(100, Start + 1009), Is.False);
        Assert.That(IsUsedUp(125, Start + 2000), Is.False);
    }

    [Test]
    public void None_is_of_use_while_no_round_trip_is_known() =>
        Assert.That(_window.IsUsedUpWithin(roundTrips: 4, used: 100, roundTrip: 0, Start + 1), Is.False);

    [Test]
    public void It_has_rested_when_it_was_not_used_for_a_minute()
    {
        const long Minute = 60_000_000;
        Assert.That((_window.HasRested(Start + Minute), _window.HasRested(Start + Minute + 1)), Is.EqualTo((false, true)));
    }

    private bool IsUsedUp(long used, long now) => _window.IsUsedUpWithin(roundTrips: 4, used, RoundTrip, now);
}
