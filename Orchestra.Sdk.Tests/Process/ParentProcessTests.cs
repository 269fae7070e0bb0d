using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Processes;

internal sealed class ParentProcessTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Is_gone_once_there_is_another_one()
    {
        var time = new ManualTimeProvider();
        int parent = 42;
        Task gone = ParentProcess.WhenChangedAsync(() => Volatile.Read(ref parent), Task.CompletedTask, time, default);
        await time.WhenTimerRuns(Interval).Guarded();
        time.Advance(Interval);
        await time.WhenTimerRuns(Interval).Guarded();
        Assert.That(gone.IsCompleted, Is.False);

        Volatile.Write(ref parent, 1);
        time.Advance(Interval);

        await gone.Guarded();
    }

    [Test]
    public async Task Is_seen_to_be_gone_when_it_went_before_all_was_ready()
    {
        var ready = new TaskCompletionSource();
        int parent = 42;
        Task gone = ParentProcess.WhenChangedAsync(() => Volatile.Read(ref parent), ready.Task, new ManualTimeProvider(), default);
        Volatile.Write(ref parent, 1);
        Assert.That(gone.IsCompleted, Is.False);

        ready.SetResult();

        await gone.Guarded();
    }

    [Test]
    public async Task Is_never_gone_where_it_is_not_known()
    {
        using var stop = new CancellationTokenSource();
        Task gone = ParentProcess.WhenExitedAsync(id: 0, stop.Token);
        Assert.That(gone.IsCompleted, Is.False);

        await stop.CancelAsync();

        Assert.That(async () => await gone.Guarded(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Is_there_while_this_runs()
    {
        using var stop = new CancellationTokenSource();
        Task gone = ParentProcess.WhenGoneAsync(Task.CompletedTask, TimeProvider.System, stop.Token);
        Assert.That(gone.IsCompleted, Is.False);

        await stop.CancelAsync();

        Assert.That(async () => await gone.Guarded(), Throws.InstanceOf<OperationCanceledException>());
    }
}
