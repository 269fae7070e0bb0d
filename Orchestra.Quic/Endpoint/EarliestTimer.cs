using Orchestra.Quic.Recovery;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// A timer that is set whenever anything is due sooner than it fires. What is due later than that is seen when it has fired: to set it
/// back each time would cost more. To be used under a lock.
/// </summary>
internal struct EarliestTimer(ITimer timer)
{
    private const long Millisecond = 1000;

    private long _due = Instant.Never;

    /// <summary>Fires at a time at the latest, or up to a millisecond after it.</summary>
    public void Set(long due, long now)
    {
        if (due < _due)
        {
            _due = due;
            long wait = Math.Max(1, (due - now + Millisecond - 1) / Millisecond);
            timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>It has fired, and is not set any more.</summary>
    public void OnFired() => _due = Instant.Never;

    public readonly void Dispose() => timer.Dispose();
}
