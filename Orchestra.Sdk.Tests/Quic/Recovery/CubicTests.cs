using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>The formulas of RFC 9438, in virtual time.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CubicTests
{
    private const long RoundTrip = 100_000;

    private readonly Cubic _cubic = new();
    private long _now = 5_000_000;

    [Test]
    public void Keeps_seven_tenths_of_the_window_at_a_loss() =>
        Assert.That(_cubic.OnCongestion(1000), Is.EqualTo(700).Within(1e-9));

    [Test]
    public void Grows_along_the_curve()
    {
        // W_cubic(t) = 0.4 (t - K)^3 + 1000, K = cbrt(300 / 0.4) = 9.086 s.
        double window = _cubic.OnCongestion(1000);
        double k = Math.Cbrt((1000 - window) / 0.4);
        for (int second = 1; second <= 15; second++)
        {
            window = Run(window, seconds: 1);
            double expected = (0.4 * Math.Pow(second - k, 3)) + 1000;
            Assert.That(window, Is.EqualTo(expected).Within(1).Percent, $"after {second} s");
        }
    }

    [Test]
    public void Is_as_fast_as_Reno_where_Reno_is_faster()
    {
        // A small window and a short round trip: W_est grows by 3 (1 - 0.7) / (1 + 0.7) a round trip, and by 1 once it is back.
        double window = _cubic.OnCongestion(20);
        Assert.That(Run(window, seconds: 1, roundTrip: 10_000), Is.GreaterThan(20 + 60).And.LessThan(20 + 100));
    }

    [Test]
    public void Makes_room_for_others_when_it_loses_before_it_is_back()
    {
        // §4.7: the new maximum is 800 * (1 + 0.7) / 2 = 680, and the curve is flat there.
        _cubic.OnCongestion(1000);
        double window = _cubic.OnCongestion(800);
        double k = Math.Cbrt((680 - window) / 0.4);
        Assert.That(Run(window, seconds: k), Is.EqualTo(680).Within(1).Percent);
    }

    [Test]
    public void Does_not_grow_while_there_is_nothing_to_send()
    {
        double window = Run(_cubic.OnCongestion(1000), seconds: 2);
        for (int i = 0; i < 600; i++)
        {
            _now += RoundTrip;
            _cubic.OnApplicationLimited(_now);
        }

        // A minute later it goes on where it stopped: at 3 s of the curve.
        window = Run(window, seconds: 1);
        Assert.That(window, Is.EqualTo((0.4 * Math.Pow(3 - Math.Cbrt(300 / 0.4), 3)) + 1000).Within(1).Percent);
    }

    [Test]
    public void Never_grows_faster_than_by_half_a_round_trip()
    {
        double window = _cubic.OnCongestion(100);
        window = _cubic.OnAcknowledged(window, 1, RoundTrip, _now);
        _now += 100_000_000;
        double before = window;
        for (int i = 0; i < (int)before; i++)
        {
            window = _cubic.OnAcknowledged(window, 1, RoundTrip, _now);
        }

        Assert.That(window, Is.LessThanOrEqualTo(before * 1.66));
    }

    /// <summary>Acknowledges a whole window every round trip.</summary>
    private double Run(double window, double seconds, long roundTrip = RoundTrip)
    {
        const int Parts = 10;
        for (int i = 0; i < (int)Math.Round(seconds * 1e6 / roundTrip) * Parts; i++)
        {
            _now += roundTrip / Parts;
            window = _cubic.OnAcknowledged(window, window / Parts, roundTrip, _now);
        }

        return window;
    }
}
