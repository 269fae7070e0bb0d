using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>What came, and when it is acknowledged, RFC 9000 §13.2.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReceivedPacketsTests
{
    private const long MaxAckDelay = ReceivedPackets.MaxAckDelay;

    private readonly ReceivedPackets _packets = new(MaxAckDelay);

    [Test]
    public void Has_nothing_at_first()
    {
        Assert.That((_packets.Largest, _packets.Contains(0), _packets.HasUnacknowledged), Is.EqualTo((-1, false, false)));
        Assert.That((_packets.AckDeadline, _packets.EcnCounts), Is.EqualTo((Instant.Never, (EcnCounts?)null)));
    }

    [Test]
    public void Keeps_ranges_from_the_largest_down_and_joins_them()
    {
        Add(1, 5, 3, 9);
        Assert.That(Ranges, Is.EqualTo("9-9 5-5 3-3 1-1"));
        Add(4);
        Assert.That(Ranges, Is.EqualTo("9-9 3-5 1-1"));
        Add(2, 8);
        Assert.That(Ranges, Is.EqualTo("8-9 1-5"));
        Assert.That(Enumerable.Range(0, 11).Where(number => _packets.Contains(number)), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 8, 9 }));
    }

    // §13.2.3: a peer that leaves gaps makes us remember no more than so much, and what is forgotten counts as seen.
    [Test]
    public void Keeps_64_ranges_and_takes_what_is_older_for_seen()
    {
        for (int i = 0; i <= 64; i++)
        {
            Add(10 + (2 * i));
        }

        Assert.That(_packets.Ranges.Length, Is.EqualTo(64));
        Assert.That((_packets.Contains(9), _packets.Contains(10), _packets.Contains(11)), Is.EqualTo((true, true, false)));
        Add(11);
        Assert.That(_packets.Contains(11), "in place of a range, or as one that is seen");
        Assert.That(_packets.Ranges.Length, Is.LessThanOrEqualTo(64));
    }

    // §13.2.4.
    [Test]
    public void Forgets_what_the_peer_knows_but_never_the_largest_range()
    {
        Add(1, 3, 5);
        _packets.Forget(3);
        Assert.That(Ranges, Is.EqualTo("5-5"));
        Assert.That((_packets.Contains(2), _packets.Contains(4)), Is.EqualTo((true, false)));
        _packets.Forget(5);
        Assert.That(Ranges, Is.EqualTo("5-5"));
    }

    // §13.2.2: every second packet that asks for it is acknowledged at once.
    [Test]
    public void Acknowledges_the_second_packet_at_once_and_a_single_one_in_time()
    {
        _packets.Add(0, isAckEliciting: true, ecn: 0, now: 100);
        Assert.That(_packets.AckDeadline, Is.EqualTo(100 + MaxAckDelay));
        _packets.Add(1, isAckEliciting: false, ecn: 0, now: 200);
        Assert.That(_packets.AckDeadline, Is.EqualTo(100 + MaxAckDelay));
        _packets.Add(2, isAckEliciting: true, ecn: 0, now: 300);
        Assert.That(_packets.AckDeadline, Is.EqualTo(300));
        _packets.OnAckSent();
        Assert.That((_packets.AckDeadline, _packets.HasUnacknowledged), Is.EqualTo((Instant.Never, false)));
        _packets.Add(3, isAckEliciting: true, ecn: 0, now: 400);
        Assert.That(_packets.AckDeadline, Is.EqualTo(400 + MaxAckDelay), "it counts anew");
    }

    // Its answer carries the acknowledgment; a peer that gets none for long could not go on.
    [Test]
    public void Waits_with_requests_for_their_answers_up_to_ten()
    {
        for (int i = 0; i < 9; i++)
        {
            _packets.Add(i, isAckEliciting: true, ecn: 0, now: 100 + i, isAnswered: true);
            Assert.That(_packets.AckDeadline, Is.EqualTo(100 + MaxAckDelay));
        }

        _packets.Add(9, isAckEliciting: true, ecn: 0, now: 200, isAnswered: true);
        Assert.That(_packets.AckDeadline, Is.EqualTo(200));
    }

    [Test]
    public void Acknowledges_the_second_packet_that_nobody_answers_whatever_comes_between()
    {
        _packets.Add(0, isAckEliciting: true, ecn: 0, now: 100);
        _packets.Add(1, isAckEliciting: true, ecn: 0, now: 200, isAnswered: true);
        Assert.That(_packets.AckDeadline, Is.EqualTo(100 + MaxAckDelay));
        _packets.Add(2, isAckEliciting: true, ecn: 0, now: 300);
        Assert.That(_packets.AckDeadline, Is.EqualTo(300));
        _packets.OnAckSent();
        _packets.Add(3, isAckEliciting: true, ecn: 0, now: 400);
        Assert.That(_packets.AckDeadline, Is.EqualTo(400 + MaxAckDelay), "it counts anew");
    }

    // §13.2.1: the peer is to learn at once of a gap, of a packet that fills one, and of congestion.
    [TestCase(2, 0)]
    [TestCase(1, 3)]
    public void Acknowledges_at_once_what_is_out_of_order_or_marked(long number, int ecn)
    {
        _packets.Add(0, isAckEliciting: true, ecn: 0, now: 100);
        _packets.OnAckSent();
        _packets.Add(number, isAckEliciting: true, ecn, now: 200);
        Assert.That(_packets.AckDeadline, Is.EqualTo(200));
    }

    [Test]
    public void Acknowledges_what_is_late_at_once()
    {
        Add(5);
        _packets.OnAckSent();
        _packets.Add(4, isAckEliciting: true, ecn: 0, now: 200);
        Assert.That(_packets.AckDeadline, Is.EqualTo(200));
    }

    [Test]
    public void Never_waits_in_a_handshake()
    {
        var packets = new ReceivedPackets(maxAckDelay: 0);
        packets.Add(0, isAckEliciting: true, ecn: 0, now: 100);
        Assert.That(packets.AckDeadline, Is.EqualTo(100));
    }

    // §13.2.1: acknowledgments alone would go back and forth for ever.
    [Test]
    public void Asks_for_no_acknowledgment_of_acknowledgments()
    {
        _packets.Add(7, isAckEliciting: false, ecn: 3, now: 100);
        Assert.That((_packets.HasUnacknowledged, _packets.AckDeadline, _packets.Largest), Is.EqualTo((false, Instant.Never, 7)));
    }

    // §13.2.5: of the largest, when it came first.
    [Test]
    public void Tells_how_long_the_largest_has_waited()
    {
        _packets.Add(5, isAckEliciting: true, ecn: 0, now: 100);
        _packets.Add(4, isAckEliciting: true, ecn: 0, now: 900);
        Assert.That((_packets.AckDelay(1000), _packets.AckDelay(50)), Is.EqualTo((900, 0)));
    }

    // §13.4.1: the bits of IP are ECT(1) 1, ECT(0) 2, CE 3.
    [Test]
    public void Counts_marks()
    {
        int[] marks = [0, 1, 2, 2, 3, 3, 3];
        for (int i = 0; i < marks.Length; i++)
        {
            _packets.Add(i, isAckEliciting: false, marks[i], now: 0);
        }

        Assert.That(_packets.EcnCounts, Is.EqualTo((EcnCounts?)new EcnCounts(2, 1, 3)));
    }

    private string Ranges => string.Join(' ', _packets.Ranges.ToArray().Select(static range => $"{range.Smallest}-{range.Largest}"));

    private void Add(params IEnumerable<long> numbers)
    {
        foreach (long number in numbers)
        {
            _packets.Add(number, isAckEliciting: true, ecn: 0, now: 0);
        }
    }
}
