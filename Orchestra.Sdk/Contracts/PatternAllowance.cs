namespace Orchestra.Sdk;

/// <summary>
/// The time that the pattern checks of all calls of a peer may take together. What is beyond it is checked in a hurry: most texts take
/// microseconds, and those of other callers behind the same peer should not suffer for the few that are made to take long.
/// </summary>
internal sealed class PatternAllowance(TimeProvider timeProvider)
{
    /// <summary>How much in a window.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>How long a window is.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _start = timeProvider.GetTimestamp();
    private TimeSpan _spent;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Whether the time of this window is spent.</summary>
    public bool IsSpent
    {
        get
        {
            lock (_gate)
            {
                if (timeProvider.GetElapsedTime(_start) >= Window)
                {
                    (_start, _spent) = (timeProvider.GetTimestamp(), TimeSpan.Zero);
                }

                return _spent >= Limit;
            }
        }
    }

    public void Spend(TimeSpan time)
    {
        lock (_gate)
        {
            _spent += time;
        }
    }
}
