namespace Orchestra.Sdk.Dispatch;

/// <summary>So many log lines a minute and no more. What is left out is counted.</summary>
/// <param name="perMinute">How many.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="whole">A rate that this one is a part of.</param>
internal sealed class LogRate(int perMinute, TimeProvider timeProvider, LogRate? whole = null)
{
    /// <summary>For what one peer does wrong.</summary>
    public const int PerPeer = 10;

    /// <summary>For what all peers do wrong: a certificate may open many connections.</summary>
    public const int OfAllPeers = 100;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _start = timeProvider.GetTimestamp();
    private int _taken;
    private long _leftOut;

    /// <summary>Whether a line may be written, and how many were left out since the last one that was.</summary>
    public bool TryTake(out long leftOut)
    {
        lock (_gate)
        {
            leftOut = _leftOut;
            if (timeProvider.GetElapsedTime(_start) >= Window)
            {
                (_start, _taken) = (timeProvider.GetTimestamp(), 0);
            }

            if (_taken == perMinute || whole?.TryTake(out _) is false)
            {
                _leftOut++;
                return false;
            }

            _taken++;
            _leftOut = 0;
            return true;
        }
    }
}
