using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GracefulEndTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _canceled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Test]
    public async Task Cancels_nothing_that_ends_in_its_own_time()
    {
        Task<Ending> ending = EndAsync();

        _running.SetResult();

        Assert.That(await ending.Guarded(), Is.EqualTo(Ending.ByItself));
        Assert.That(_canceled.Task.IsCompleted, Is.False);
    }

    [Test]
    public async Task Counts_a_failure_as_an_end()
    {
        _running.SetException(new InvalidOperationException());

        Assert.That(await EndAsync().Guarded(), Is.EqualTo(Ending.ByItself));
    }

    [Test]
    public async Task Cancels_what_takes_longer_and_waits_for_it_to_say_so()
    {
        Task<Ending> ending = EndAsync();
        await _time.WhenTimerRuns(Time).Guarded();

        _time.Advance(Time);
        await _canceled.Task.Guarded();
        _running.SetResult();

        Assert.That(await ending.Guarded(), Is.EqualTo(Ending.Canceled));
    }

    [Test]
    public async Task Waits_no_longer_than_the_grace()
    {
        Task<Ending> ending = EndAsync();
        await _time.WhenTimerRuns(Time).Guarded();
        _time.Advance(Time);
        await _time.WhenTimerRuns(Grace).Guarded();

        _time.Advance(Grace);

        Assert.That(await ending.Guarded(), Is.EqualTo(Ending.NotYet));
    }

    [Test]
    public async Task Cancels_at_once_when_it_has_to_hurry()
    {
        using var hurry = new CancellationTokenSource();
        Task<Ending> ending = EndAsync(hurry.Token);

        await hurry.CancelAsync();
        await _canceled.Task.Guarded();
        _running.SetResult();

        Assert.That(await ending.Guarded(), Is.EqualTo(Ending.Canceled));
    }

    private Task<Ending> EndAsync(CancellationToken hurry = default) =>
        new GracefulEnd(CancelAsync, _time).OfAsync(_running.Task, Time, Grace, hurry);

    private Task CancelAsync()
    {
        _canceled.TrySetResult();
        return Task.CompletedTask;
    }
}
