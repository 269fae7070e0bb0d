namespace Orchestra.Quic.Recovery;

/// <summary>The probe timeout, RFC 9002 §6.2: how long it is, when it expires, and which spaces send probes then.</summary>
internal sealed class ProbeTimer(SentSpaces spaces, HandshakeStatus handshake, RttEstimator rtt)
{
    private const int MaxBackoff = 20;

    private int _backoff;
    private long _lastSendTime;

    /// <summary>The peer's max_ack_delay in microseconds.</summary>
    public long PeerMaxAckDelay { get; set; } = 25_000;

    /// <summary>How long the timeout is, the backoff aside.</summary>
    public long Period => rtt.ProbeTimeout(handshake.IsConfirmed ? PeerMaxAckDelay : 0);

    /// <summary>How many times in a row the timeout has expired.</summary>
    public int Unanswered => _backoff;

    public void OnSent(long now) => _lastSendTime = now;

    /// <summary>Something came that shows that the peer is there.</summary>
    public void ResetBackoff() => _backoff = 0;

    /// <summary>When the timeout expires.</summary>
    /// <param name="space">The space it is of.</param>
    public long Next(out PacketNumberSpace space)
    {
        if (!spaces.HasAckElicitingInFlight)
        {
            space = handshake.HasHandshakeKeys ? PacketNumberSpace.Handshake : PacketNumberSpace.Initial;
            return handshake.PeerMayAwaitValidation ? _lastSendTime + WithBackoff(rtt.ProbeTimeout(0)) : Instant.Never;
        }

        long earliest = Instant.Never;
        space = PacketNumberSpace.Initial;
        foreach (SentSpace candidate in spaces.All)
        {
            // Before the handshake is confirmed a peer may be unable to read the application space.
            bool isApplication = candidate.Id == PacketNumberSpace.Application;
            if (candidate.AckElicitingInFlight == 0 || (isApplication && !handshake.IsConfirmed))
            {
                continue;
            }

            long time = candidate.LastAckElicitingTime + WithBackoff(rtt.ProbeTimeout(isApplication ? PeerMaxAckDelay : 0));
            if (time < earliest)
            {
                earliest = time;
                space = candidate.Id;
            }
        }

        return earliest;
    }

    /// <summary>
    /// Asks for probes. What else is in flight goes with them, in the same datagrams: the peer may be able to read only that, §6.2.4.
    /// </summary>
    /// <param name="space">The space whose timeout expired.</param>
    public void Expire(PacketNumberSpace space)
    {
        _backoff = Math.Min(_backoff + 1, MaxBackoff);
        foreach (SentSpace other in spaces.All)
        {
            if (other.Id == space || other.AckElicitingInFlight > 0)
            {
                other.RequestProbes();
            }
        }
    }

    private long WithBackoff(long time) => time << _backoff;
}
