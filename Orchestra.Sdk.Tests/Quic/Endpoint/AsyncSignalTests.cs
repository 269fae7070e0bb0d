using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AsyncSignalTests
{
    private readonly Lock _gate = new();
    private readonly AsyncSignal _signal;

    public AsyncSignalTests() => _signal = new AsyncSignal(_gate);

    [Test]
    public async Task Waits_until_it_is_set_again_and_again()
    {
        for (int i = 0; i < 3; i++)
        {
            Task wait = Wait();
            Assert.That(wait.IsCompleted, Is.False);
            Set();
            await wait;
        }
    }

    [Test]
    public async Task Remembers_nothing_where_nobody_waits()
    {
        // Who waits has looked before, under the same lock.
        Set();
        Task wait = Wait();
        Assert.That(wait.IsCompleted, Is.False);
        Set();
        Set();
        await wait;
        wait = Wait();
        Assert.That(wait.IsCompleted, Is.False);
        Set();
        await wait;
    }

    [Test]
    public async Task Lets_one_wait_at_a_time()
    {
        Task wait = Wait();
        Assert.Throws<InvalidOperationException>(() => _ = Wait());
        Set();
        await wait;
        wait = Wait();
        Set();
        await wait;
    }

    [Test]
    public async Task Ends_a_wait_that_is_canceled()
    {
        using var cancellation = new CancellationTokenSource();
        Task wait = Wait(cancellation.Token);
        await cancellation.CancelAsync();
        OperationCanceledException? exception = await Assert.CatchAsync<OperationCanceledException>(() => wait.Guarded());
        Assert.That(exception!.CancellationToken, Is.EqualTo(cancellation.Token));
        Set();
        await AssertUsable();
    }

    [Test]
    public async Task Ends_at_once_where_it_is_canceled_already()
    {
        Task wait = Wait(new CancellationToken(canceled: true));
        Assert.That(wait.IsCanceled);
        await Assert.CatchAsync<OperationCanceledException>(() => wait);
        await AssertUsable();
    }

    [Test]
    public async Task Does_not_fail_for_what_is_canceled_too_late()
    {
        using var cancellation = new CancellationTokenSource();
        Task wait = Wait(cancellation.Token);
        Set();
        await cancellation.CancelAsync();
        await wait;
        await AssertUsable();
    }

    [Test]
    public async Task Does_not_hear_of_the_cancellation_of_a_wait_before()
    {
        using var cancellation = new CancellationTokenSource();
        Task wait = Wait(cancellation.Token);
        Set();
        await wait;
        wait = Wait();
        await cancellation.CancelAsync();
        Assert.That(wait.IsCompleted, Is.False);
        Set();
        await wait;
    }

    [Test]
    public async Task Goes_on_elsewhere_and_not_under_the_lock()
    {
        Task wait = Wait();
        Task<bool> isHeld = Continue();
        Set();
        Assert.That(await isHeld.Guarded(), Is.False);

        async Task<bool> Continue()
        {
            await wait.ConfigureAwait(false);
            return _gate.IsHeldByCurrentThread;
        }
    }

    [Test]
    public async Task Ends_once_where_it_is_set_and_canceled_at_the_same_time()
    {
        int ended = 0;
        for (int i = 0; i < 1000; i++)
        {
            using var cancellation = new CancellationTokenSource();
            Task wait = Wait(cancellation.Token);
            await Task.WhenAll(Task.Run(Set), Task.Run(cancellation.Cancel)).Guarded();
            await wait.Guarded().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended += wait.IsCompletedSuccessfully || wait.IsCanceled ? 1 : 0;
        }

        Assert.That(ended, Is.EqualTo(1000));
        await AssertUsable();
    }

    private async Task AssertUsable()
    {
        Task wait = Wait();
        Assert.That(wait.IsCompleted, Is.False);
        Set();
        await wait;
    }

    private Task Wait(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return _signal.WaitAsync(cancellationToken).AsTask();
        }
    }

    private void Set()
    {
        lock (_gate)
        {
            _signal.Set();
        }
    }
}
