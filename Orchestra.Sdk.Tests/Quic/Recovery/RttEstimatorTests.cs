using CsCheck;
using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>The formulas of RFC 9002 §5.3, and the timers made of them, §6.1.2 and §6.2.1. All times are microseconds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RttEstimatorTests
{
    private readonly RttEstimator _rtt = new();

    private (long Latest, long Minimum, long Smoothed, long Variation) State =>
        (_rtt.Latest, _rtt.Minimum, _rtt.Smoothed, _rtt.Variation);

    [Test]
    public void Assumes_a_third_of_a_second_before_the_first_sample()
    {
        // §6.2.2: "the initial RTT SHOULD be set to 333 milliseconds"; §5.3: "rttvar = kInitialRtt / 2".
        Assert.That(_rtt.HasSample, Is.False);
        Assert.That(State, Is.EqualTo((0L, 0L, 333_000L, 166_500L)));
        Assert.That(_rtt.ProbeTimeout(maxAckDelay: 0), Is.EqualTo(333_000 + (4 * 166_500)));
    }

    [Test]
    public void Takes_the_first_sample_as_it_is()
    {
        // §5.3: "smoothed_rtt = latest_rtt", "rttvar = latest_rtt / 2".
        _rtt.Update(100_000, ackDelay: 25_000);
        Assert.That(_rtt.HasSample);
        Assert.That(State, Is.EqualTo((100_000L, 100_000L, 100_000L, 50_000L)));
    }

    [Test]
    public void Smooths_the_next_ones()
    {
        // rttvar = 3/4 * 50,000 + 1/4 * |100,000 - 140,000|; smoothed_rtt = 7/8 * 100,000 + 1/8 * 140,000. The variation is that from
        // the smoothed time before it takes the sample, as in A.7 and in RFC 6298 §2.3.
        _rtt.Update(100_000, ackDelay: 0);
        _rtt.Update(140_000, ackDelay: 0);
        Assert.That(State, Is.EqualTo((140_000L, 100_000L, 105_000L, 47_500L)));

        // And one that is shorter: 3/4 * 47,500 + 1/4 * 25,000; 7/8 * 105,000 + 1/8 * 80,000.
        _rtt.Update(80_000, ackDelay: 0);
        Assert.That(State, Is.EqualTo((80_000L, 80_000L, 101_875L, 41_875L)));
    }

    [TestCase(20_000, 120_000, TestName = "A delay is taken off")]
    [TestCase(40_000, 100_000, TestName = "A delay down to the minimum is taken off")]
    [TestCase(40_001, 140_000, TestName = "A delay below the minimum is not believed")]
    public void Takes_off_what_the_peer_waited(long ackDelay, long adjusted)
    {
        // §5.3: "if (latest_rtt >= min_rtt + ack_delay): adjusted_rtt = latest_rtt - ack_delay".
        _rtt.Update(100_000, ackDelay: 0);
        _rtt.Update(140_000, ackDelay);
        Assert.That(_rtt.Smoothed, Is.EqualTo(((7 * 100_000) + adjusted) / 8));
        Assert.That(_rtt.Variation, Is.EqualTo(((3 * 50_000) + (adjusted - 100_000)) / 4));
    }

    [Test]
    public void Takes_no_delay_off_the_minimum()
    {
        // §5.2: "The min_rtt is … not adjusted for acknowledgment delay".
        _rtt.Update(100_000, ackDelay: 0);
        _rtt.Update(90_000, ackDelay: 50_000);
        Assert.That(_rtt.Minimum, Is.EqualTo(90_000));
    }

    [Test]
    public void Begins_with_the_minimum_anew_after_persistent_congestion()
    {
        // §5.2: "Endpoints SHOULD set the min_rtt to the newest RTT sample after persistent congestion is established."
        _rtt.Update(50_000, ackDelay: 0);
        _rtt.Update(200_000, ackDelay: 0);
        _rtt.OnPersistentCongestion();
        Assert.That(_rtt.Minimum, Is.EqualTo(200_000));
        Assert.That(_rtt.Smoothed, Is.EqualTo(68_750), "only the minimum");
    }

    [Test]
    public void Forgets_everything_with_the_path()
    {
        // RFC 9000 §9.4: an endpoint that validated a new address resets "the round-trip time estimator".
        _rtt.Update(50_000, ackDelay: 0);
        _rtt.Update(60_000, ackDelay: 0);
        _rtt.Reset();
        Assert.That(_rtt.HasSample, Is.False);
        Assert.That(State, Is.EqualTo((0L, 0L, 333_000L, 166_500L)));
        _rtt.Update(70_000, ackDelay: 0);
        Assert.That(State, Is.EqualTo((70_000L, 70_000L, 70_000L, 35_000L)));
    }

    [TestCase(0)]
    [TestCase(-5)]
    public void Takes_no_sample_for_less_than_a_microsecond(long sample)
    {
        _rtt.Update(sample, ackDelay: 0);
        Assert.That(State, Is.EqualTo((1L, 1L, 1L, 0L)));
    }

    [TestCase(10_000, 0, 10_000 + (4 * 5_000))]
    [TestCase(10_000, 25_000, 10_000 + (4 * 5_000) + 25_000)]
    [TestCase(400, 0, 400 + 1_000, TestName = "No variation is less than the granularity of timers")]
    public void Probes_after_the_smoothed_time_and_four_times_its_variation(long sample, long maxAckDelay, long expected)
    {
        // §6.2.1: "PTO = smoothed_rtt + max(4*rttvar, kGranularity) + max_ack_delay".
        _rtt.Update(sample, ackDelay: 0);
        Assert.That(_rtt.ProbeTimeout(maxAckDelay), Is.EqualTo(expected));
    }

    [TestCase(80_000, 80_000, 90_000)]
    [TestCase(80_000, 160_000, 180_000, TestName = "The latest, where it is longer")]
    [TestCase(160_000, 80_000, 168_750, TestName = "The smoothed one, where it is longer")]
    [TestCase(100, 100, 1_000, TestName = "Never less than the granularity of timers")]
    public void Loses_a_packet_after_nine_eighths_of_a_round_trip(long first, long second, long expected)
    {
        // §6.1.2: "max(kTimeThreshold * max(smoothed_rtt, latest_rtt), kGranularity)".
        _rtt.Update(first, ackDelay: 0);
        _rtt.Update(second, ackDelay: 0);
        Assert.That(_rtt.LossDelay, Is.EqualTo(expected));
    }

    [Test]
    public void Stays_between_the_shortest_and_the_longest_sample() =>
        Gen.Long[1, 10_000_000].Array[1, 100].Sample(static samples =>
        {
            var rtt = new RttEstimator();
            foreach (long sample in samples)
            {
                rtt.Update(sample, ackDelay: 0);
            }

            Assert.That(rtt.Minimum, Is.EqualTo(samples.Min()));
            Assert.That(rtt.Smoothed, Is.InRange(samples.Min() - 1, samples.Max()));
            Assert.That(rtt.Variation, Is.InRange(0, samples.Max()));
        });
}
