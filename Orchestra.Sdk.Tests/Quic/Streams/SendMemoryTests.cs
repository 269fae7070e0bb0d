using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>A hundred bytes of each stream are kept, and of all of them up to 800.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SendMemoryTests
{
    private readonly CongestionController _congestion = FixedWindows.Path().Congestion;
    private readonly GrowthBudget _budget = new(2000);
    private readonly SendMemory _memory;

    public SendMemoryTests() =>
        _memory = new SendMemory(new StreamOptions { SendBufferSize = 100, MaxSendBufferSize = 800 }, _congestion, new GrowthShare(_budget));

    [Test]
    public void Each_stream_has_some_whatever_others_have()
    {
        _memory.OnWritten(100);
        _memory.OnWritten(60);
        Assert.That((_memory.Room(100), _memory.Room(60), _memory.Room(0)), Is.EqualTo((0, 40, 100)));
    }

    [TestCase(49, 100)]
    [TestCase(50, 200)]
    public void Doubles_where_half_of_it_is_on_its_way(int inFlight, int expected)
    {
        _congestion.OnSent(inFlight);
        _memory.Grow();
        Assert.That(_memory.Room(0), Is.EqualTo(expected));
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
    public void Gives_back_what_it_grew_by_when_the_peer_has_all()
    {
        Grow(times: 3);
        _memory.OnWritten(500);
        _memory.OnForgotten(499);
        Assert.That(_budget.Taken, Is.EqualTo(700));
        _memory.OnForgotten(1);
        Assert.That((_budget.Taken, _memory.Room(0)), Is.EqualTo((0, 100)));
    }

    [Test]
    public void Who_writes_is_told_when_there_is_room_for_half_of_what_it_had_at_first()
    {
        Grow(times: 3);
        _memory.OnWritten(751);
        Assert.That(_memory.HasAmpleRoom(751), Is.False);
        _memory.OnForgotten(1);
        Assert.That(_memory.HasAmpleRoom(750));
    }

    private void Grow(int times)
    {
        _congestion.OnSent(10_000);
        for (int i = 0; i < times; i++)
        {
            _memory.Grow();
        }
    }
}
