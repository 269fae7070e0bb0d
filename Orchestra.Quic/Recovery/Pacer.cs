namespace Orchestra.Quic.Recovery;

/// <summary>
/// Spreads a window over a round trip, RFC 9002 §7.7: a token bucket that fills a quarter faster than the window would need. It
/// holds a burst, because timers are coarse next to a short round trip.
/// </summary>
internal sealed class Pacer(int datagramSize)
{
    private const int BurstDatagrams = 16;

    // What a timer that fires late may send at once.
    private const long BurstTime = 2_000;

    private double _tokens = BurstDatagrams * (double)datagramSize;
    private long _lastTime;

    public int DatagramSize { get; set; } = datagramSize;

    /// <summary>Time has passed, and something will be sent.</summary>
    public void Refill(RttEstimator rtt, CongestionController congestion, long now)
    {
        _tokens = Tokens(Rate(rtt, congestion), now);
        _lastTime = now;
    }

    /// <summary>When a datagram may be sent; not after now where it may be sent at once.</summary>
    public long NextSendTime(RttEstimator rtt, CongestionController congestion, long now)
    {
        double rate = Rate(rtt, congestion);
        double tokens = Tokens(rate, now);
        return tokens >= DatagramSize ? now : now + (long)Math.Ceiling((DatagramSize - tokens) / rate);
    }

    public void OnSent(int bytes) => _tokens -= bytes;

    private double Tokens(double rate, long now)
    {
        double burst = Math.Max(BurstDatagrams * (double)DatagramSize, rate * BurstTime);
        return Math.Min(burst, _tokens + (rate * Math.Max(0, now - _lastTime)));
    }

    /// <summary>Bytes a microsecond.</summary>
    private static double Rate(RttEstimator rtt, CongestionController congestion) =>
        1.25 * congestion.Window / Math.Max(rtt.Smoothed, 1);
}
