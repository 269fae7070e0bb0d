namespace Orchestra.Quic.Endpoint;

/// <summary>How long to wait before something that failed is tried again: each time twice as long, up to a bound. In microseconds.</summary>
internal sealed class GrowingWait(long shortest, long longest)
{
    private long _wait;

    /// <summary>It failed.</summary>
    /// <returns>How long to wait now.</returns>
    public long Next() => _wait = Math.Clamp(2 * _wait, shortest, longest);

    /// <summary>It succeeded.</summary>
    public void Reset() => _wait = 0;
}
