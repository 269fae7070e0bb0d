using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>Does one thing again and again, so often and no more; what goes otherwise than it should is counted, and so is what hangs.</summary>
/// <param name="name">What it does.</param>
/// <param name="period">From the beginning of one turn to that of the next.</param>
/// <param name="turnAsync">Does it, given the number of the turn.</param>
internal sealed class SoakActor(string name, TimeSpan period, Func<int, Task> turnAsync)
{
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(60);

    private int _turns;

    /// <summary>What went wrong, each kind once, with how often.</summary>
    public static ConcurrentDictionary<string, int> Failures { get; } = new();

    public int Turns => Volatile.Read(ref _turns);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            long begun = Stopwatch.GetTimestamp();
            try
            {
                await turnAsync(_turns).WaitAsync(TurnLimit, CancellationToken.None);
            }
            catch (Exception exception)
            {
                Failures.AddOrUpdate($"{name}: {exception.GetType().Name}: {exception.Message}", 1, static (_, count) => count + 1);
            }

            Interlocked.Increment(ref _turns);
            TimeSpan rest = period - Stopwatch.GetElapsedTime(begun);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
