namespace Orchestra.Sdk.Protocol;

/// <summary>How many bytes may be taken at once. Nobody waits for it: who gets none says that it is overloaded.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _taken;

    /// <summary>The most that one message may take: more than a limit that is smaller than what messages ordinarily become.</summary>
    public long MaxMessage { get; } = Math.Max(limit, 4L * MessageFraming.MaxMessageSize);

    public long Left => limit - Volatile.Read(ref _taken);

    public bool TryTake(long count) => TryTake(count, exempt: -1);

    /// <summary>Whether nothing is taken but what a message has.</summary>
    public bool IsAlone(long had) => Volatile.Read(ref _taken) <= had;

    /// <summary>
    /// Takes more for a message that has some already. One that is alone gets it in any case: "try again later" must not be told
    /// to one that would never get it.
    /// </summary>
    public bool TryTakeMore(long count, long had) => TryTake(count, had);

    public void Release(long count) => Interlocked.Add(ref _taken, -count);

    private bool TryTake(long count, long exempt)
    {
        long taken = Volatile.Read(ref _taken);
        while (count == 0 || taken <= exempt || taken + count <= limit)
        {
            long seen = Interlocked.CompareExchange(ref _taken, taken + count, taken);
            if (seen == taken)
            {
                return true;
            }

            taken = seen;
        }

        return false;
    }
}
