namespace Orchestra.Sdk.Protocol;

/// <summary>How many bytes may be taken at once. Nobody waits for it: who gets none says that it is overloaded.</summary>
internal sealed class ByteBudget(long limit)
{
    /// <summary>With so many taken at once, it is told when all are released.</summary>
    public const long Large = 1024 * 1024;

    private long _taken;
    private volatile bool _wasLarge;

    /// <summary>The most that one message may take: more than a limit that is smaller than what messages ordinarily become.</summary>
    public long MaxMessage { get; } = Math.Max(limit, 4L * MessageFraming.MaxMessageSize);

    /// <summary>Is told when nothing is taken any more, after <see cref="Large"/> was.</summary>
    public Action? OnLargeReleased { get; set; }

    public long Left => limit - Volatile.Read(ref _taken);

    public bool TryTake(long count) => TryTake(count, exempt: -1);

    /// <summary>Whether nothing is taken but what a message has.</summary>
    public bool IsAlone(long had) => Volatile.Read(ref _taken) <= had;

    /// <summary>
    /// Takes more for a message that has some already. One that is alone gets it in any case: "try again later" must not be told
    /// to one that would never get it.
    /// </summary>
    public bool TryTakeMore(long count, long had) => TryTake(count, had);

    public void Release(long count)
    {
        if (Interlocked.Add(ref _taken, -count) == 0 && _wasLarge)
        {
            _wasLarge = false;
            OnLargeReleased?.Invoke();
        }
    }

    private bool TryTake(long count, long exempt)
    {
        long taken = Volatile.Read(ref _taken);
        while (count == 0 || taken <= exempt || taken + count <= limit)
        {
            long seen = Interlocked.CompareExchange(ref _taken, taken + count, taken);
            if (seen == taken)
            {
                if (taken + count >= Large)
                {
                    _wasLarge = true;
                }

                return true;
            }

            taken = seen;
        }

        return false;
    }
}
