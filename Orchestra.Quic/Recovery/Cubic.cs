namespace Orchestra.Quic.Recovery;

/// <summary>
/// CUBIC, RFC 9438: after a loss the window grows back fast at first, slowly near where the loss was, and then fast again. Windows
/// are in segments, times in seconds, as in the RFC's formulas.
/// </summary>
internal sealed class Cubic
{
    /// <summary>What is left of the window after a loss.</summary>
    public const double Beta = 0.7;

    private const double C = 0.4;

    // §4.3: what makes Reno with this beta as fast as with its own.
    private const double RenoIncrease = 3 * (1 - Beta) / (1 + Beta);

    private double _maximum;
    private double _previous;
    private double _reno;
    private double _k;
    private long _epoch = long.MinValue;
    private long _lastAcknowledgment;

    /// <summary>Takes a loss: the window to go on with.</summary>
    public double OnCongestion(double window)
    {
        // §4.7: who did not come back to the old maximum makes room for others.
        _maximum = window < _maximum ? window * (1 + Beta) / 2 : window;
        _previous = window;
        _epoch = long.MinValue;
        return window * Beta;
    }

    /// <summary>Takes an acknowledgment outside of slow start: the window to go on with.</summary>
    /// <param name="window">The window.</param>
    /// <param name="segments">How many segments were acknowledged.</param>
    /// <param name="roundTrip">The smoothed round-trip time in microseconds.</param>
    /// <param name="now">The time in microseconds.</param>
    public double OnAcknowledged(double window, double segments, long roundTrip, long now)
    {
        if (_epoch == long.MinValue)
        {
            Begin(window, now);
        }

        _lastAcknowledgment = now;
        double time = Seconds(now - _epoch);
        _reno += (_reno < _previous ? RenoIncrease : 1) * segments / window;
        if (At(time) < _reno)
        {
            return Math.Max(window, _reno);
        }

        double target = Math.Clamp(At(time + Seconds(roundTrip)), window, 1.5 * window);
        return window + ((target - window) * segments / window);
    }

    /// <summary>While the application has nothing to send the curve stands still, §5.8.</summary>
    public void OnApplicationLimited(long now)
    {
        if (_epoch != long.MinValue)
        {
            _epoch += now - _lastAcknowledgment;
            _lastAcknowledgment = now;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        _maximum = 0;
        _previous = 0;
        _epoch = long.MinValue;
    }

    private static double Seconds(long microseconds) => microseconds / 1e6;

    private void Begin(double window, long now)
    {
        _epoch = now;
        _reno = window;
        _maximum = Math.Max(_maximum, window);
        _k = Math.Cbrt((_maximum - window) / C);
    }

    /// <summary>§4.2, figure 1.</summary>
    private double At(double time)
    {
        double distance = time - _k;
        return (C * distance * distance * distance) + _maximum;
    }
}
