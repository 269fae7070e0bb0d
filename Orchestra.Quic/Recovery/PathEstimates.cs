namespace Orchestra.Quic.Recovery;

/// <summary>What is known of the path in use: its round trips, its window and its pace.</summary>
internal sealed class PathEstimates(int datagramSize)
{
    private readonly Pacer _pacer = new(datagramSize);

    public RttEstimator Rtt { get; } = new();

    public CongestionController Congestion { get; } = new(datagramSize);

    /// <summary>When the first round trip was known; never before that.</summary>
    public long FirstSampleTime { get; private set; } = Instant.Never;

    /// <summary>1-RTT packets below it were sent on another path.</summary>
    public long FirstPacket { get; private set; }

    public void OnSent(int bytes)
    {
        Congestion.OnSent(bytes);
        _pacer.OnSent(bytes);
    }

    /// <summary>Time has passed: more may be sent.</summary>
    public void RefillPace(long now) => _pacer.Refill(Rtt, Congestion, now);

    /// <summary>When the pace allows a datagram; not after now where it may be sent at once.</summary>
    public long NextSendTime(long now) => _pacer.NextSendTime(Rtt, Congestion, now);

    /// <inheritdoc cref="RttEstimator.Update"/>
    public void OnSample(long sample, long ackDelay, long now)
    {
        if (!Rtt.HasSample)
        {
            FirstSampleTime = now;
        }

        Rtt.Update(sample, ackDelay);
    }

    public void OnPersistentCongestion()
    {
        Congestion.OnPersistentCongestion();
        Rtt.OnPersistentCongestion();
    }

    /// <summary>Another size of datagrams is used from now on.</summary>
    public void SetDatagramSize(int size)
    {
        Congestion.SetDatagramSize(size);
        _pacer.DatagramSize = size;
    }

    /// <summary>The peer is elsewhere: what was sent to the old address says nothing of the path to the new one, RFC 9000 §9.4.</summary>
    public void Reset(long firstPacket, long now)
    {
        Rtt.Reset();
        Congestion.Reset(now);
        FirstSampleTime = Instant.Never;
        FirstPacket = firstPacket;
    }
}
