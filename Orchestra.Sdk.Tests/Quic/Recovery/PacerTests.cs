using CsCheck;
using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>A window is spread over a round trip, RFC 9002 §7.7, in virtual microseconds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PacerTests
{
    private const int Size = 1200;
    private const int Burst = 16;
    private const long RoundTrip = 96_000;

    // A window of ten datagrams: so "rate = N * congestion_window / smoothed_rtt" with N = 1.25 is a datagram in 7680 µs.
    private const long Interval = RoundTrip * 8 / 100;

    private readonly RttEstimator _rtt = new();
    private readonly CongestionController _congestion = new(Size);
    private readonly Pacer _pacer = new(Size);

    public PacerTests() => _rtt.Update(RoundTrip, ackDelay: 0);

    [Test]
    public void Lets_a_burst_go_at_once_and_then_a_datagram_at_a_time()
    {
        Assert.That(SendAll(now: 0), Is.EqualTo(Burst));
        Assert.That(NextSendTime(now: 0), Is.EqualTo(Interval));
        Assert.That(SendAll(Interval - 1), Is.Zero);
        Assert.That(SendAll(Interval), Is.EqualTo(1));
        Assert.That(NextSendTime(Interval), Is.EqualTo(2 * Interval));
        Assert.That(SendAll(4 * Interval), Is.EqualTo(3), "what a timer that fires late has missed");
    }

    [Test]
    public void Lets_a_quarter_more_than_the_window_go_in_a_round_trip()
    {
        // §7.7: "Using a value for 'N' that is small, but at least 1 (for example, 1.25) ensures that variations in RTT do not result in
        // underutilization of the congestion window."
        SendAll(now: 0);
        int sent = 0;
        for (long now = NextSendTime(now: 0); now <= 8 * RoundTrip; now = NextSendTime(now))
        {
            sent += SendAll(now);
        }

        Assert.That(sent * Size, Is.EqualTo(8 * 1.25 * _congestion.Window));
    }

    [Test]
    public void Saves_no_more_than_a_burst_while_nothing_is_sent()
    {
        SendAll(now: 0);
        Assert.That(SendAll(now: 3_600_000_000), Is.EqualTo(Burst));
    }

    [Test]
    public void Saves_two_milliseconds_worth_where_that_is_more_than_a_burst()
    {
        // 10 datagrams in 500 µs are 50 in 2 ms at 1.25 times the rate.
        _rtt.Reset();
        _rtt.Update(500, ackDelay: 0);
        SendAll(now: 0);
        Assert.That(SendAll(now: 1_000_000), Is.EqualTo(50));
    }

    [Test]
    public void Owes_what_was_sent_all_the_same()
    {
        // Acknowledgments and probes are not held up, but they count.
        SendAll(now: 0);
        _pacer.OnSent(Size);
        Assert.That(NextSendTime(now: 0), Is.EqualTo(2 * Interval));
    }

    [Test]
    public void Saves_nothing_when_the_time_goes_back()
    {
        SendAll(now: 50 * Interval);
        Assert.That(SendAll(now: 40 * Interval), Is.Zero);
        Assert.That(NextSendTime(now: 40 * Interval), Is.EqualTo(41 * Interval));
    }

    [Test]
    public void Waits_for_a_whole_datagram_of_the_size_that_they_have_now()
    {
        SendAll(now: 0);
        _pacer.DatagramSize = 1500;
        Assert.That(NextSendTime(now: 0), Is.EqualTo(Interval * 1500 / Size));
    }

    [Test]
    public void Waits_for_the_whole_of_the_last_microsecond()
    {
        _rtt.Reset();
        _rtt.Update(RoundTrip + 4, ackDelay: 0);
        SendAll(now: 0);
        Assert.That(NextSendTime(now: 0), Is.EqualTo(Interval + 1), "and not a third of one");
    }

    [Test]
    public void Lets_a_datagram_go_at_the_time_that_it_said_and_not_before() =>
        Gen.Select(Gen.Long[1, 5_000_000], Gen.Int[1, 1500].Array[1, 50]).Sample(static (roundTrip, sizes) =>
        {
            var rtt = new RttEstimator();
            var congestion = new CongestionController(Size);
            var pacer = new Pacer(Size);
            rtt.Update(roundTrip, ackDelay: 0);
            pacer.OnSent(Burst * Size);
            long now = 0;
            foreach (int size in sizes)
            {
                pacer.Refill(rtt, congestion, now);
                pacer.OnSent(size);
                long next = pacer.NextSendTime(rtt, congestion, now);
                if (next > now + 1)
                {
                    Assert.That(pacer.NextSendTime(rtt, congestion, next - 1), Is.GreaterThan(next - 1));
                }

                now = next;
                Assert.That(pacer.NextSendTime(rtt, congestion, now), Is.EqualTo(now));
            }
        });

    private long NextSendTime(long now) => _pacer.NextSendTime(_rtt, _congestion, now);

    /// <summary>How many datagrams go at once.</summary>
    private int SendAll(long now)
    {
        int sent = 0;
        for (; NextSendTime(now) <= now; sent++)
        {
            _pacer.Refill(_rtt, _congestion, now);
            _pacer.OnSent(Size);
        }

        return sent;
    }
}
