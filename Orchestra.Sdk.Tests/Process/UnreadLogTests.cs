using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Processes;

internal sealed class UnreadLogTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Is_abandoned_once_nobody_reads_it_and_nobody_is_connected_for_a_while()
    {
        bool isUnread = false;
        bool isConnected = true;
        Task abandoned = UnreadLog.WhenAbandonedAsync(
            () => Volatile.Read(ref isUnread), () => Volatile.Read(ref isConnected), _time, CancellationToken.None);
        await _time.WhenTimerRuns(Interval).Guarded();
        await PassAsync(2 * UnreadLog.Seconds);
        Volatile.Write(ref isUnread, true);
        await PassAsync(2 * UnreadLog.Seconds);
        Volatile.Write(ref isConnected, false);
        await PassAsync(UnreadLog.Seconds - 1);
        Volatile.Write(ref isConnected, true);
        await PassAsync(1);
        Volatile.Write(ref isConnected, false);
        await PassAsync(UnreadLog.Seconds - 1);
        Assert.That(abandoned.IsCompleted, Is.False);

        _time.Advance(Interval);

        await abandoned.Guarded();
    }

    private async Task PassAsync(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _time.Advance(Interval);
            await _time.WhenTimerRuns(Interval).Guarded();
        }
    }
}
