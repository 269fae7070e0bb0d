namespace Orchestra.Quic.Endpoint;

/// <summary>Microseconds of a monotonic clock, as the connections count them.</summary>
internal sealed class QuicClock(TimeProvider timeProvider)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>Never 0.</summary>
    public long Now => MicrosecondsPerSecond + (timeProvider.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Holds the calling thread up, which must be its own.</summary>
    /// <param name="time">In microseconds.</param>
    public void Wait(long time) => Task.Delay(TimeSpan.FromMicroseconds(time), timeProvider).GetAwaiter().GetResult();

    public ITimer CreateTimer(TimerCallback callback, object state) =>
        timeProvider.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
