using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>The plugin's code may do what it likes when it is canceled; nothing else suffers from it.</summary>
internal sealed class CancellationTests
{
    [Test]
    public async Task A_callback_that_throws_harms_nobody_and_all_are_called()
    {
        using var source = new CancellationTokenSource();
        int called = 0;
        source.Token.Register(() => called++);
        source.Token.Register(static () => throw new InvalidOperationException());
        source.Token.Register(() => called++);
        await source.CancelSafelyAsync().Guarded();
        Assert.That((called, source.IsCancellationRequested), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task What_is_over_can_be_canceled()
    {
        var source = new CancellationTokenSource();
        source.Dispose();
        await source.CancelSafelyAsync().Guarded();
    }

    [Test]
    public async Task Says_whether_a_task_ends_in_time()
    {
        var time = new ManualTimeProvider();
        var task = new TaskCompletionSource();
        Task<bool> ends = task.Task.EndsWithinAsync(TimeSpan.FromSeconds(5), time);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await ends.Guarded(), Is.False);
        ends = task.Task.EndsWithinAsync(TimeSpan.FromSeconds(5), time);
        task.SetException(new InvalidOperationException());
        Assert.That(await ends.Guarded(), "a failure is an end");
    }

    [Test]
    public async Task A_linked_one_is_canceled_with_the_other_and_not_the_other_way_round()
    {
        using var outer = new CancellationTokenSource();
        using var linked = new LinkedCancellation(outer.Token);
        using var other = new LinkedCancellation(outer.Token);
        await other.CancelAsync();
        Assert.That((outer.IsCancellationRequested, linked.IsCancellationRequested), Is.EqualTo((false, false)));
        await outer.CancelAsync();
        Assert.That(() => linked.IsCancellationRequested, Is.True.After(10_000, 1));
    }

    // That is why it is not the framework's own linked source.
    [Test]
    public async Task A_linked_ones_callback_that_blocks_keeps_nobody_from_hearing()
    {
        using var outer = new CancellationTokenSource();
        using var blocked = new LinkedCancellation(outer.Token);
        using var linked = new LinkedCancellation(outer.Token);
        using var release = new ManualResetEventSlim();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        blocked.Token.Register(() => release.Wait(HangGuard.Limit));
        linked.Token.Register(heard.SetResult);
        using var alsoBlocked = new LinkedCancellation(outer.Token);
        alsoBlocked.Token.Register(() => release.Wait(HangGuard.Limit));
        await outer.CancelAsync().Guarded();
        await heard.Task.Guarded();
        release.Set();
    }

    [Test]
    public void A_linked_one_that_is_over_holds_on_to_nothing()
    {
        using var outer = new CancellationTokenSource();
        var linked = new LinkedCancellation(outer.Token);
        linked.Dispose();
        Assert.That(outer.Cancel, Throws.Nothing);
    }
}
