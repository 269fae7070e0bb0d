using System.Diagnostics;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Whether a tool is quick enough for the thread that receives: it was, several times, on a thread of the pool, and has not kept its thread
/// for long since. Safe for concurrent use; a lost update of many is of no account.
/// </summary>
internal sealed class ToolPace
{
    private const int Trusted = 8;
    private const int Highest = 16;
    private const int Lowest = -1000;

    /// <summary>So many good ones make up for a millisecond.</summary>
    private const int CostOfMillisecond = 10;

    // About what waking another thread costs, and a little more.
    private static readonly TimeSpan Quick = TimeSpan.FromMicroseconds(50);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(1);

    private int _score;

    public bool IsQuick => Volatile.Read(ref _score) >= Trusted;

    /// <summary>Takes into account how long a call kept its thread: until the tool returned, or waited for something without it.</summary>
    public void Add(TimeSpan time)
    {
        int score = Volatile.Read(ref _score);
        if (time < Quick)
        {
            if (score < Highest)
            {
                Volatile.Write(ref _score, score + 1);
            }

            return;
        }

        int cost = time < Slow ? 2 : (int)Math.Min(-Lowest, CostOfMillisecond * time.TotalMilliseconds);
        Volatile.Write(ref _score, Math.Max(Lowest, score - cost));
    }

    /// <param name="started">When the call began.</param>
    public void Add(long started) => Add(Stopwatch.GetElapsedTime(started));
}
