using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Whose exchange begins next. The thread pool is a list here, which the tests work off.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StartQueueTests
{
    private readonly Queue<IThreadPoolWorkItem> _pool = new();
    private readonly List<string> _begun = [];
    private readonly StartQueue _starts;

    public StartQueueTests() => _starts = new StartQueue(_pool.Enqueue);

    [Test]
    public void Peers_take_turns_and_so_do_the_connections_of_one()
    {
        PeerShare share = Shares.Of("greedy");
        Peer first = Create(share);
        Peer second = Create(share);
        Peer polite = Create(Shares.Of("polite"));
        for (int i = 1; i <= 3; i++)
        {
            Add(first, $"first {i}");
        }

        Add(second, "second 1");
        Add(second, "second 2");
        Add(polite, "polite 1");
        Add(polite, "polite 2");

        Run();
        Assert.That(_begun, Is.EqualTo(new[] { "first 1", "polite 1", "second 1", "polite 2", "first 2", "second 2", "first 3" }));
    }

    [Test]
    public void Only_a_few_wait_in_the_pool()
    {
        Peer peer = Create(Shares.Of("greedy"));
        for (int i = 0; i < 1000; i++)
        {
            Add(peer, $"{i}");
        }

        Assert.That(_pool, Has.Count.EqualTo(StartQueue.MaxPending));
        Assert.That(Run(), Is.EqualTo(StartQueue.MaxPending));
        Assert.That(_begun, Has.Count.EqualTo(1000));
        Assert.That(_begun, Is.EqualTo(Enumerable.Range(0, 1000).Select(i => $"{i}")));
    }

    [Test]
    public void The_next_is_in_the_pool_before_one_begins_that_may_block()
    {
        Peer peer = Create(Shares.Of("greedy"));
        int waiting = 0;
        for (int i = 0; i < 100; i++)
        {
            _starts.Add(peer, () =>
            {
                waiting = _pool.Count;
                return Task.CompletedTask;
            });
        }

        _pool.Dequeue().Execute();
        Assert.That(waiting, Is.EqualTo(StartQueue.MaxPending));
    }

    [Test]
    public void Comes_again_after_it_was_empty()
    {
        Peer peer = Create(Shares.Of("polite"));
        for (int i = 0; i < 3; i++)
        {
            Add(peer, $"{i}");
            Run();
        }

        Assert.That(_begun, Is.EqualTo(new[] { "0", "1", "2" }));
    }

    private static Peer Create(PeerShare share) => new(name: null, mayManage: false, share, NullLogger.Instance);

    private void Add(Peer peer, string name) => _starts.Add(peer, () =>
    {
        _begun.Add(name);
        return Task.CompletedTask;
    });

    /// <summary>Works off the pool.</summary>
    /// <returns>How many waited there at the most.</returns>
    private int Run()
    {
        int most = 0;
        while (_pool.Count > 0)
        {
            most = Math.Max(most, _pool.Count);
            _pool.Dequeue().Execute();
        }

        return most;
    }
}
