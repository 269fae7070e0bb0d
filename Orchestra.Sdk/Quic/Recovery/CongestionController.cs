namespace Orchestra.Sdk.Quic.Recovery;

/// <summary>NewReno, RFC 9002 §7.</summary>
internal sealed class CongestionController(int maxDatagramSize)
{
    private readonly int _maxDatagramSize = maxDatagramSize;
    private long _slowStartThreshold = long.MaxValue;
    private long _recoveryStart = long.MinValue;
    private long _acknowledgedInAvoidance;

    /// <summary>How many bytes may be in flight.</summary>
    public long Window { get; private set; } = InitialWindow(maxDatagramSize);

    public long BytesInFlight { get; private set; }

    public bool IsInSlowStart => Window < _slowStartThreshold;

    private long MinimumWindow => 2L * _maxDatagramSize;

    public bool CanSend(int bytes) => BytesInFlight + bytes <= Window;

    public void OnSent(int bytes) => BytesInFlight += bytes;

    /// <summary>Packets that are neither acknowledged nor lost: their keys are gone.</summary>
    public void OnDiscarded(int bytes) => BytesInFlight -= bytes;

    /// <param name="bytes">The packet's size.</param>
    /// <param name="sentTime">When it was sent.</param>
    /// <param name="isApplicationLimited">Whether the window was not used up: then it says nothing about the path.</param>
    public void OnAcknowledged(int bytes, long sentTime, bool isApplicationLimited)
    {
        BytesInFlight -= bytes;
        if (isApplicationLimited || sentTime <= _recoveryStart)
        {
            return;
        }

        if (IsInSlowStart)
        {
            Window += bytes;
            return;
        }

        _acknowledgedInAvoidance += bytes;
        if (_acknowledgedInAvoidance >= Window)
        {
            _acknowledgedInAvoidance -= Window;
            Window += _maxDatagramSize;
        }
    }

    public void OnLost(int bytes) => BytesInFlight -= bytes;

    /// <summary>Halves the window, once for all losses of one round trip.</summary>
    public void OnCongestion(long sentTime, long now)
    {
        if (sentTime <= _recoveryStart)
        {
            return;
        }

        _recoveryStart = now;
        Window = Math.Max(Window / 2, MinimumWindow);
        _slowStartThreshold = Window;
        _acknowledgedInAvoidance = 0;
    }

    /// <summary>Everything over a long time was lost, RFC 9002 §7.6.</summary>
    public void OnPersistentCongestion()
    {
        Window = MinimumWindow;
        _recoveryStart = long.MinValue;
        _acknowledgedInAvoidance = 0;
    }

    /// <summary>Begins anew on another path; what is in flight stays counted.</summary>
    public void Reset()
    {
        Window = InitialWindow(_maxDatagramSize);
        _slowStartThreshold = long.MaxValue;
        _recoveryStart = long.MinValue;
        _acknowledgedInAvoidance = 0;
    }

    private static long InitialWindow(int maxDatagramSize) =>
        Math.Min(10L * maxDatagramSize, Math.Max(14_720, 2L * maxDatagramSize));
}
