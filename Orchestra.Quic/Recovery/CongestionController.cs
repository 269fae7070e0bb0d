namespace Orchestra.Quic.Recovery;

/// <summary>The congestion window, RFC 9002 §7: slow start, then <see cref="Cubic"/>.</summary>
internal sealed class CongestionController(int datagramSize)
{
    private readonly Cubic _cubic = new();
    private int _datagramSize = datagramSize;
    private double _window = InitialWindow(datagramSize);
    private double _slowStartThreshold = double.MaxValue;
    private long _recoveryStart = long.MinValue;

    /// <summary>How many bytes may be in flight.</summary>
    public long Window => (long)_window;

    public long BytesInFlight { get; private set; }

    public bool IsInSlowStart => _window < _slowStartThreshold;

    private double MinimumWindow => 2.0 * _datagramSize;

    public bool CanSend(int bytes) => BytesInFlight + bytes <= Window;

    public void OnSent(int bytes) => BytesInFlight += bytes;

    /// <summary>Packets that are neither acknowledged nor lost: their keys are gone.</summary>
    public void OnDiscarded(int bytes) => BytesInFlight -= bytes;

    /// <param name="packet">The packet that arrived. Where the window was not used up it says nothing about the path.</param>
    /// <param name="roundTrip">The smoothed round-trip time.</param>
    /// <param name="now">The time.</param>
    public void OnAcknowledged(SentPacket packet, long roundTrip, long now)
    {
        BytesInFlight -= packet.Size;
        if (packet.IsApplicationLimited)
        {
            _cubic.OnApplicationLimited(now);
        }
        else if (packet.Time > _recoveryStart)
        {
            _window = IsInSlowStart
                ? _window + packet.Size
                : _datagramSize * _cubic.OnAcknowledged(
                    _window / _datagramSize, (double)packet.Size / _datagramSize, roundTrip, now);
        }
    }

    public void OnLost(int bytes) => BytesInFlight -= bytes;

    /// <summary>Lessens the window, once for all losses of one round trip.</summary>
    public void OnCongestion(long sentTime, long now)
    {
        if (sentTime <= _recoveryStart)
        {
            return;
        }

        _recoveryStart = now;
        _window = Math.Max(_datagramSize * _cubic.OnCongestion(_window / _datagramSize), MinimumWindow);
        _slowStartThreshold = _window;
    }

    /// <summary>Everything over a long time was lost, RFC 9002 §7.6.</summary>
    public void OnPersistentCongestion()
    {
        _window = MinimumWindow;
        _recoveryStart = long.MinValue;
        _cubic.Reset();
    }

    /// <summary>
    /// Begins anew on another path. What is in flight stays counted, but what becomes of it says nothing of the new path, RFC 9000 §9.4.
    /// </summary>
    public void Reset(long now)
    {
        _window = InitialWindow(_datagramSize);
        _slowStartThreshold = double.MaxValue;
        _recoveryStart = now;
        _cubic.Reset();
    }

    /// <summary>Goes on with another size of datagrams, in which CUBIC counts.</summary>
    public void SetDatagramSize(int size)
    {
        _datagramSize = size;
        _window = Math.Max(_window, MinimumWindow);
        _cubic.Reset();
    }

    private static double InitialWindow(int maxDatagramSize) =>
        Math.Min(10.0 * maxDatagramSize, Math.Max(14_720, 2.0 * maxDatagramSize));
}
