using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Who gets a place for a call, who waits for one, and whose turn it is.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CallGateTests
{
    private const int Limit = 16;

    private readonly ManualTimeProvider _time = new();
    private readonly PeerShares _shares = new(new ByteBudget(long.MaxValue), TimeProvider.System);
    private readonly CallGate _gate;
    private readonly PeerShare _greedy;

    public CallGateTests()
    {
        _gate = new CallGate(Limit, new CancellationTokenSource(), _time);
        _greedy = _shares.Enter("greedy");
    }

    [Test]
    public void A_peer_that_is_alone_may_have_all()
    {
        Enter(_greedy, Limit);

        Assert.That(Refusal(_gate.EnterAsync(_greedy, mayWait: true, default)), Is.EqualTo("overloaded"));
        Assert.That(_gate.WhenEmpty().IsCompleted, Is.False);
        Leave(_greedy, Limit);
        Assert.That(_gate.WhenEmpty().IsCompleted);
    }

    [Test]
    public async Task A_peer_leaves_places_for_others_and_its_calls_wait()
    {
        PeerShare polite = _shares.Enter("polite");
        Enter(_greedy, Limit - 1);
        Task<ToolResponse?> waiting = _gate.EnterAsync(_greedy, mayWait: true, default).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);
        Assert.That(Refusal(_gate.EnterAsync(_greedy, mayWait: true, default)), Is.EqualTo("overloaded"), "with those that wait it has all");

        Enter(polite, 1);
        Leave(_greedy, 1);
        Assert.That(waiting.IsCompleted, Is.False, "14 are more than seven times 1");
        Leave(_greedy, 1);
        Assert.That(await waiting.Guarded(), Is.Null, "13 are less than seven times 2");
    }

    [Test]
    public async Task Of_those_that_wait_comes_next_whose_peer_has_fewest()
    {
        Enter(_greedy, Limit - 2);
        PeerShare second = _shares.Enter("second");
        PeerShare third = _shares.Enter("third");
        Enter(second, 2);
        Task<ToolResponse?> ofGreedy = _gate.EnterAsync(_greedy, mayWait: true, default).AsTask();
        Task<ToolResponse?> ofSecond = _gate.EnterAsync(second, mayWait: true, default).AsTask();
        Task<ToolResponse?> ofThird = _gate.EnterAsync(third, mayWait: true, default).AsTask();

        Leave(_greedy, 1);
        Assert.That(await ofThird.Guarded(), Is.Null);
        Assert.That((ofGreedy.IsCompleted, ofSecond.IsCompleted), Is.EqualTo((false, false)));
        Leave(_greedy, 1);
        Assert.That(await ofSecond.Guarded(), Is.Null);
        Assert.That(ofGreedy.IsCompleted, Is.False);
    }

    [Test]
    public async Task Those_of_one_peer_come_in_their_order()
    {
        _shares.Enter("polite");
        Enter(_greedy, Limit - 1);
        using var cancellation = new CancellationTokenSource();
        Task<ToolResponse?> first = _gate.EnterAsync(_greedy, mayWait: true, cancellation.Token).AsTask();
        Leave(_greedy, 1);
        Assert.That(await first.Guarded(), Is.Null);
        await cancellation.CancelAsync();
        Leave(_greedy, Limit - 1);
        Assert.That(_gate.WhenEmpty().IsCompleted, "what was canceled later had its place");
    }

    [Test]
    public async Task One_that_is_canceled_while_it_waits_takes_no_place()
    {
        _shares.Enter("polite");
        Enter(_greedy, Limit - 1);
        using var cancellation = new CancellationTokenSource();
        Task<ToolResponse?> canceled = _gate.EnterAsync(_greedy, mayWait: true, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        Assert.That((await canceled.Guarded())!.ErrorCode, Is.EqualTo("cancelled"));

        Leave(_greedy, Limit - 1);
        Assert.That(_gate.WhenEmpty().IsCompleted);
    }

    [Test]
    public async Task One_that_waited_long_enough_is_told_so()
    {
        _shares.Enter("polite");
        Enter(_greedy, Limit - 1);
        Task<ToolResponse?> waiting = _gate.EnterAsync(_greedy, mayWait: true, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That(waiting.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That((await waiting.Guarded())!.ErrorCode, Is.EqualTo("overloaded"));
    }

    [Test]
    public void One_that_may_not_wait_is_told_at_once()
    {
        _shares.Enter("polite");
        Enter(_greedy, Limit - 1);
        Assert.That(Refusal(_gate.EnterAsync(_greedy, mayWait: false, default)), Is.EqualTo("overloaded"));
    }

    [Test]
    public async Task Nobody_waits_any_more_once_it_is_closed()
    {
        _shares.Enter("polite");
        Enter(_greedy, Limit - 1);
        Task<ToolResponse?> waiting = _gate.EnterAsync(_greedy, mayWait: true, default).AsTask();

        _gate.Close();
        Assert.That((await waiting.Guarded())!.ErrorCode, Is.EqualTo("shutting_down"));
        Assert.That(Refusal(_gate.EnterAsync(_greedy, mayWait: true, default)), Is.EqualTo("shutting_down"));
        Leave(_greedy, Limit - 1);
        Assert.That(_gate.WhenEmpty().IsCompleted);
    }

    [Test]
    public void A_peer_is_alone_again_when_the_others_have_left()
    {
        PeerShare polite = _shares.Enter("polite");
        Assert.That(_shares.Enter("polite"), Is.SameAs(polite));
        PeerShare unnamed = _shares.Enter(id: null);
        Assert.That(_shares.Enter(id: null), Is.Not.SameAs(unnamed));
        Assert.That((_shares.Count, _greedy.HasOthers), Is.EqualTo((4, true)));

        _shares.Leave(polite);
        Assert.That(_shares.Count, Is.EqualTo(4), "it has another connection");
        _shares.Leave(polite);
        Assert.That(_shares.Count, Is.EqualTo(3));
        Assert.That(_shares.Enter("polite"), Is.Not.SameAs(polite));
    }

    private static string? Refusal(ValueTask<ToolResponse?> entering)
    {
        Assert.That(entering.IsCompleted);
        return entering.Result?.ErrorCode;
    }

    private void Enter(PeerShare share, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.That(Refusal(_gate.EnterAsync(share, mayWait: true, default)), Is.Null);
        }
    }

    private void Leave(PeerShare share, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _gate.Leave(share);
        }
    }
}
