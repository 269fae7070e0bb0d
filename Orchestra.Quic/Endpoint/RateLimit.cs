namespace Orchestra.Quic.Endpoint;

/// <summary>So many a second and no more. For one thread.</summary>
internal sealed class RateLimit(QuicClock clock, int perSecond)
{
    private const long Second = 1_000_000;

    private long _windowEnd;
    private int _taken;

    public bool TryTake()
    {
        long now = clock.Now;
        if (now >= _windowEnd)
        {
            _windowEnd = now + Second;
            _taken = 0;
        }

        return _taken++ < perSecond;
    }
}
