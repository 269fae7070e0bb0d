using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>What makes the windows of a server grow, and what does not; the numbers are those of <see cref="SendingPeer"/>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class WindowGrowthTests : IDisposable
{
    private const int All = int.MaxValue;

    private readonly GrowthBudget _budget = new(5000);
    private readonly SendingPeer _peer;

    public WindowGrowthTests() => _peer = new SendingPeer(_budget);

    public void Dispose() => _peer.Dispose();

    [TestCase(1)]
    [TestCase(16)]
    public void They_grow_to_their_limit_while_all_is_read_at_once(int streams)
    {
        _peer.Run(40, streams, static _ => All);
        Assert.That((_peer.Streams.Flow.Window, _budget.Taken), Is.EqualTo((3200, 2800)));
        Assert.That(_peer.Limit - _peer.Sent, Is.InRange(2400, 3200));
    }

    [Test]
    public void A_stream_has_no_more_than_half_of_the_window_of_all()
    {
        _peer.Run(40, streams: 1, static _ => All);
        Assert.That(_peer.Credit(0), Is.InRange(1200, 1600));
    }

    [Test]
    public void They_do_not_grow_while_nobody_reads()
    {
        _peer.Run(40, streams: 5, static _ => 0);
        Assert.That((_peer.Sent, _peer.Limit, _budget.Taken), Is.EqualTo((400, 400, 0)));
    }

    [Test]
    public void They_do_not_grow_while_less_than_a_quarter_is_read_in_a_round_trip()
    {
        _peer.Run(400, streams: 1, static _ => 20);
        AssertNotGrown();
    }

    [Test]
    public void They_do_not_grow_while_all_is_read_now_and_then()
    {
        _peer.Run(400, streams: 1, static round => round % 20 == 0 ? All : 0);
        AssertNotGrown();
    }

    [Test]
    public void They_do_not_grow_by_what_is_dropped()
    {
        // A reset says that so much was sent, which costs the peer nothing.
        for (int stream = 0; stream < 40; stream++)
        {
            _peer.Reset(stream);
        }

        Assert.That(_peer.Limit, Is.GreaterThan(2000), "the credit came back");
        Assert.That((_peer.Streams.Flow.Window, _budget.Taken), Is.EqualTo((400, 0)));
    }

    [Test]
    public void They_grow_no_further_when_limits_get_lost()
    {
        int told = 0;
        using var peer = new SendingPeer(_budget) { IsLost = () => ++told % 3 != 0 };
        peer.Run(100, streams: 1, static _ => All);
        Assert.That((peer.Streams.Flow.Window, _budget.Taken), Is.EqualTo((3200, 2800)));
        Assert.That(peer.Limit - peer.Sent, Is.InRange(1, 3200));
        Assert.That(peer.Credit(0), Is.InRange(1, 1600));
    }

    [Test]
    public void They_keep_their_size_when_the_budget_is_used_up()
    {
        Assert.That(_budget.TryTake(5000, had: 0));
        _peer.Run(40, streams: 1, static _ => All);
        Assert.That(_peer.Streams.Flow.Window, Is.EqualTo(400));
        Assert.That(_peer.Credit(0), Is.InRange(150, 200));
    }

    [Test]
    public void Connections_share_the_budget_and_give_it_back_when_they_end()
    {
        _peer.Run(40, streams: 1, static _ => All);
        using (var other = new SendingPeer(_budget))
        {
            other.Run(40, streams: 1, static _ => All);
            Assert.That(other.Streams.Flow.Window, Is.EqualTo(1600), "2200 are left: enough for 400 and for 800 more, but not for 1600");
            Assert.That(_budget.Taken, Is.EqualTo(2800 + 1200));
        }

        Assert.That(_budget.Taken, Is.EqualTo(2800));
        _peer.Streams.KeepComplete();
        Assert.That(_budget.Taken, Is.Zero);
    }

    [Test]
    public void After_a_rest_the_budget_comes_back_as_the_peer_uses_what_it_was_told()
    {
        _peer.Run(40, streams: 1, static _ => All);
        _peer.Now += 61_000_000;
        while (_peer.Limit - _peer.Sent > 400)
        {
            _peer.Run(1, streams: 1, static _ => All, most: 20);
            Assert.That(_budget.Taken, Is.GreaterThanOrEqualTo(_peer.Limit - _peer.Sent - 400));
        }

        Assert.That((_peer.Streams.Flow.Window, _budget.Taken), Is.EqualTo((400, 0)));
        Assert.That(_peer.Credit(0), Is.LessThanOrEqualTo(200));
        _peer.Run(40, streams: 1, static _ => All);
        Assert.That((_peer.Streams.Flow.Window, _budget.Taken), Is.EqualTo((3200, 2800)), "and grows again");
    }

    private void AssertNotGrown()
    {
        Assert.That((_peer.Streams.Flow.Window, _budget.Taken), Is.EqualTo((400, 0)));
        Assert.That(_peer.Credit(0), Is.LessThanOrEqualTo(100));
    }
}
