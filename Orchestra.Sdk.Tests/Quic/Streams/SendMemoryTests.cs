using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>A hundred bytes of each stream are kept, and of all of them up to 800. A round trip takes a thousand microseconds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SendMemoryTests
{
    private const long RoundTrip = 1000;

    private readonly GrowthBudget _budget = new(2000);
    private readonly SendMemory _memory;
    private long _now = 100_000_000;

    public SendMemoryTests()
    {
        PathEstimates path = FixedWindows.Path();
        path.OnSample(RoundTrip, ackDelay: 0, _now);
        _memory = new SendMemory(
            new StreamOptions { SendBufferSize = 100, MaxSendBufferSize = 800 }, path.Rtt, new GrowthShare(_budget));
        Send(25, RoundTrip);
    }

    [Test]
    public void Each_stream_has_some_whatever_others_have()
    {
        _memory.OnWritten(100);
        _memory.OnWritten(60);
        Assert.That((_memory.Room(100), _memory.Room(60), _memory.Room(0)), Is.EqualTo((0, 40, 100)));
    }

    [TestCase(100, 1999, 200)]
    [TestCase(100, 2000, 100)]
    [TestCase(50, 1000, 100)]
    [TestCase(51, 1000, 200)]
    [TestCase(100, 999, 100)]
    public void Doubles_where_it_is_acknowledged_in_two_round_trips(int bytes, long time, int expected)
    {
        Send(bytes, time);
        Assert.That(_memory.Room(0), Is.EqualTo(expected));
    }

    [Test]
    public void Does_not_grow_by_what_is_dropped()
    {
        for (int i = 0; i < 20; i++)
        {
            _memory.OnWritten(100);
            _memory.OnDropped(100);
            _now += RoundTrip;
            _memory.Resize(_now);
        }

        Assert.That((_memory.Room(0), _memory.Kept), Is.EqualTo((100, 0)));
    }

    [Test]
    public void Does_not_grow_by_what_is_written_while_nothing_is_acknowledged()
    {
        _memory.OnWritten(100);
        _now += RoundTrip;
        _memory.Resize(_now);
        Assert.That(_memory.Room(100), Is.Zero);
    }

    [Test]
    public void What_it_grew_by_is_for_one_stream_or_for_all()
    {
        Grow(times: 1);
        _memory.OnWritten(150);
        Assert.That((_memory.Room(150), _memory.Room(0)), Is.EqualTo((50, 100)));
        _memory.OnWritten(100);
        Assert.That((_memory.Room(150), _memory.Room(100)), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Grows_to_its_limit_and_no_further()
    {
        Grow(times: 10);
        Assert.That((_memory.Room(0), _budget.Taken), Is.EqualTo((800, 700)));
    }

    [Test]
    public void Keeps_its_size_where_the_budget_is_used_up()
    {
        Assert.That(_budget.TryTake(1901, had: 0));
        Grow(times: 1);
        Assert.That(_memory.Room(0), Is.EqualTo(100));
    }

    [Test]
    public void Gives_back_what_it_grew_by_after_a_rest_when_the_peer_has_enough()
    {
        Grow(times: 3);
        _memory.OnWritten(101);
        _now += 61_000_000;
        _memory.Resize(_now);
        Assert.That(_budget.Taken, Is.EqualTo(700));
        _memory.OnAcknowledged(1);
        _memory.Resize(_now);
        Assert.That((_budget.Taken, _memory.Room(100)), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Who_writes_is_told_when_there_is_room_for_half_of_what_it_had_at_first()
    {
        Grow(times: 3);
        _memory.OnWritten(751);
        Assert.That(_memory.HasAmpleRoom(751), Is.False);
        _memory.OnAcknowledged(1);
        Assert.That(_memory.HasAmpleRoom(750));
    }

    private void Grow(int times)
    {
        for (int i = 0; i < times; i++)
        {
            Send(_memory.Room(0), RoundTrip);
        }
    }

    /// <summary>The peer gets so much within a time.</summary>
    private void Send(int bytes, long time)
    {
        _memory.OnWritten(bytes);
        _memory.OnAcknowledged(bytes);
        _now += time;
        _memory.Resize(_now);
    }
}
