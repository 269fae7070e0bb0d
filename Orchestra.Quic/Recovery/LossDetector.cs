using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Recovery;

/// <summary>Loss detection over the three packet number spaces, RFC 9002 §6 and Appendix A.</summary>
internal sealed partial class LossDetector(IRecoveryOwner owner, int maxDatagramSize)
{
    public const int InitialSpace = 0;
    public const int HandshakeSpace = 1;
    public const int ApplicationSpace = 2;

    private const int PacketThreshold = 3;
    private const int PersistentCongestionThreshold = 3;
    private const int MaxBackoff = 20;

    private readonly PacketSpace[] _spaces = [new(), new(), new()];
    private readonly List<SentPacket> _lost = [];
    private readonly PersistentCongestion _persistentCongestion = new();
    private int _probeCount;
    private long _firstSampleTime = long.MaxValue;
    private long _lastSendTime;

    // Packets below it were sent on another path.
    private long _firstOnPath;

    public RttEstimator Rtt { get; } = new();

    public CongestionController Congestion { get; } = new(maxDatagramSize);

    public Pacer Pacer { get; } = new(maxDatagramSize);

    /// <summary>The peer's max_ack_delay in microseconds.</summary>
    public long PeerMaxAckDelay { get; set; } = 25_000;

    public bool IsHandshakeConfirmed { get; set; }

    /// <summary>A server that may not send before it hears more: then no timer runs, RFC 9002 §6.2.2.1.</summary>
    public bool IsBlockedByAmplification { get; set; }

    /// <summary>A client whose address the server may not have validated yet: it must keep sending, RFC 9002 §6.2.2.1.</summary>
    public bool PeerMayAwaitValidation { get; set; }

    public bool HasHandshakeKeys { get; set; }

    public PacketSpace this[int space] => _spaces[space];

    /// <summary>How long a probe timeout is now, the backoff aside.</summary>
    public long ProbeTimeout => Rtt.ProbeTimeout(IsHandshakeConfirmed ? PeerMaxAckDelay : 0);

    /// <summary>Another size of datagrams is used from now on.</summary>
    public void SetDatagramSize(int size)
    {
        Congestion.SetDatagramSize(size);
        Pacer.DatagramSize = size;
    }

    /// <summary>The peer is elsewhere: what was sent to the old address says nothing of the path to the new one, RFC 9000 §9.4.</summary>
    public void OnPathChanged(long now)
    {
        Rtt.Reset();
        Congestion.Reset(now);
        _firstSampleTime = long.MaxValue;
        _firstOnPath = _spaces[ApplicationSpace].NextNumber;
    }

    public void OnSent(int space, SentPacket packet)
    {
        PacketSpace state = _spaces[space];
        state.Sent.Add(packet);
        state.TotalSent.Add(packet);
        _persistentCongestion.OnSent(packet);
        _lastSendTime = packet.Time;
        if (!packet.IsInFlight)
        {
            return;
        }

        if (packet.IsAckEliciting)
        {
            state.AckElicitingInFlight++;
            state.LastAckElicitingTime = packet.Time;
        }

        Congestion.OnSent(packet.Size);
        Pacer.OnSent(packet.Size);
    }

    /// <summary>Takes an ACK frame.</summary>
    /// <param name="space">Where it came.</param>
    /// <param name="ranges">What it acknowledges.</param>
    /// <param name="ackDelay">What the peer says it waited, in microseconds.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="TransportException">It acknowledges what was never sent.</exception>
    public void OnAckReceived(int space, AckRanges ranges, long ackDelay, long now)
    {
        PacketSpace state = _spaces[space];
        if (ranges.LargestAcknowledged >= state.NextNumber)
        {
            throw new TransportException(
                TransportErrorCode.ProtocolViolation, "a packet that was never sent was acknowledged", (long)FrameType.Ack);
        }

        bool hasNew = false;
        bool hasAckEliciting = false;
        long largestTime = long.MinValue;
        foreach ((long smallest, long largest) in ranges)
        {
            if (smallest <= state.SkippedNumber && state.SkippedNumber <= largest)
            {
                throw new TransportException(
                    TransportErrorCode.ProtocolViolation, "a packet number that was left out was acknowledged", (long)FrameType.Ack);
            }

            // Numbers below the ring are long settled.
            for (long number = Math.Max(smallest, state.Sent.First); number <= largest && number < state.Sent.End; number++)
            {
                if (state.Sent.Remove(number) is { } packet)
                {
                    if (number == ranges.LargestAcknowledged && (space != ApplicationSpace || number >= _firstOnPath))
                    {
                        largestTime = packet.Time;
                    }

                    hasNew = true;
                    hasAckEliciting |= packet.IsAckEliciting;
                    Acknowledge(space, state, packet, now);
                }
            }
        }

        state.LargestAcknowledged = Math.Max(state.LargestAcknowledged, ranges.LargestAcknowledged);
        if (!hasNew)
        {
            return;
        }

        if (largestTime != long.MinValue && hasAckEliciting)
        {
            TakeSample(space, now - largestTime, ackDelay, now);
        }

        DetectLosses(space, now);
        _persistentCongestion.Forget(OldestOutstanding());

        // A client's Initial acknowledged says nothing of whether the server may send: it keeps backing off.
        if (!PeerMayAwaitValidation)
        {
            _probeCount = 0;
        }

        if (hasAckEliciting)
        {
            state.Probes = 0;
        }
    }

    /// <summary>The server has shown that it validated our address.</summary>
    public void OnAddressValidatedByPeer()
    {
        PeerMayAwaitValidation = false;
        _probeCount = 0;
    }

    /// <summary>When <see cref="OnTimeout"/> is due; long.MaxValue: never.</summary>
    public long NextTimeout()
    {
        long loss = EarliestLossTime(out _);
        if (loss != long.MaxValue)
        {
            return loss;
        }

        if (IsBlockedByAmplification)
        {
            return long.MaxValue;
        }

        return EarliestProbeTime(out _);
    }

    public void OnTimeout(long now)
    {
        long loss = EarliestLossTime(out int lossSpace);
        if (loss != long.MaxValue)
        {
            if (loss <= now)
            {
                DetectLosses(lossSpace, now);
            }

            return;
        }

        if (IsBlockedByAmplification || EarliestProbeTime(out int space) > now)
        {
            return;
        }

        // What else is in flight goes with it, in the same datagrams: the peer may be able to read only that, RFC 9002 §6.2.4.
        _probeCount = Math.Min(_probeCount + 1, MaxBackoff);
        for (int other = 0; other < _spaces.Length; other++)
        {
            if (other == space || _spaces[other].AckElicitingInFlight > 0)
            {
                Probe(_spaces[other]);
            }
        }
    }

    /// <summary>The connection is over: nothing that was sent matters any more.</summary>
    public void DiscardAll()
    {
        for (int space = 0; space < _spaces.Length; space++)
        {
            Discard(space);
        }

        _persistentCongestion.Forget(long.MaxValue);
    }

    /// <summary>Forgets a space whose keys are gone, RFC 9002 §6.4.</summary>
    public void Discard(int space)
    {
        PacketSpace state = _spaces[space];
        if (state.IsDiscarded)
        {
            return;
        }

        for (long number = state.Sent.First; number < state.Sent.End; number++)
        {
            if (state.Sent.Remove(number) is { } packet)
            {
                if (packet.IsInFlight)
                {
                    Congestion.OnDiscarded(packet.Size);
                }

                state.TotalDiscarded.Add(packet);
                packet.Return();
            }
        }

        state.IsDiscarded = true;
        state.AckElicitingInFlight = 0;
        state.LossTime = long.MaxValue;
        state.Probes = 0;
        _probeCount = 0;
    }

    /// <summary>Treats all that is outstanding in a space as lost, without blaming the path, and begins anew: after a Retry, RFC 9002 §6.3.</summary>
    public void LoseAll(int space)
    {
        PacketSpace state = _spaces[space];
        state.LossTime = long.MaxValue;
        state.Probes = 0;
        _probeCount = 0;
        for (long number = state.Sent.First; number < state.Sent.End; number++)
        {
            if (state.Sent.Remove(number) is { } packet)
            {
                Lose(space, state, packet);
            }
        }
    }

    private void TakeSample(int space, long sample, long ackDelay, long now)
    {
        if (!Rtt.HasSample)
        {
            _firstSampleTime = now;
        }

        // Only what the application space says is believed, and only so much of it once both sides are known, RFC 9002 §5.3.
        long delay = space != ApplicationSpace ? 0 : IsHandshakeConfirmed ? Math.Min(ackDelay, PeerMaxAckDelay) : ackDelay;
        Rtt.Update(sample, delay);
    }

    private void Acknowledge(int space, PacketSpace state, SentPacket packet, long now)
    {
        state.TotalAcknowledged.Add(packet);
        _persistentCongestion.OnAcknowledged(packet);
        if (packet.IsInFlight)
        {
            Congestion.OnAcknowledged(packet, Rtt.Smoothed, now);
            state.AckElicitingInFlight -= packet.IsAckEliciting ? 1 : 0;
        }

        foreach (ref readonly SentFrame frame in packet.Frames)
        {
            owner.OnAcknowledged(space, frame);
        }

        packet.Return();
    }

    private void DetectLosses(int space, long now)
    {
        PacketSpace state = _spaces[space];
        state.LossTime = long.MaxValue;
        long delay = Rtt.LossDelay;
        for (long number = state.Sent.First; number <= state.LargestAcknowledged && number < state.Sent.End; number++)
        {
            if (state.Sent[number] is not { } packet)
            {
                continue;
            }

            if (packet.Time + delay <= now || state.LargestAcknowledged >= number + PacketThreshold)
            {
                state.Sent.Remove(number);
                _lost.Add(packet);
            }
            else
            {
                state.LossTime = Math.Min(state.LossTime, packet.Time + delay);
            }
        }

        if (_lost.Count > 0)
        {
            OnLosses(space, state, now);
        }
    }

    private void OnLosses(int space, PacketSpace state, long now)
    {
        long lastInFlight = long.MinValue;
        long persistent = _persistentCongestion.Duration(_lost, _firstSampleTime);
        foreach (SentPacket packet in _lost)
        {
            if (packet.IsInFlight && !packet.IsSizeProbe)
            {
                lastInFlight = Math.Max(lastInFlight, packet.Time);
            }

            Lose(space, state, packet);
        }

        _lost.Clear();
        if (lastInFlight == long.MinValue)
        {
            return;
        }

        Congestion.OnCongestion(lastInFlight, now);
        if (persistent > Rtt.ProbeTimeout(PeerMaxAckDelay) * PersistentCongestionThreshold)
        {
            Congestion.OnPersistentCongestion();
            Rtt.OnPersistentCongestion();
        }
    }

    private void Lose(int space, PacketSpace state, SentPacket packet)
    {
        if (packet.IsInFlight)
        {
            Congestion.OnLost(packet.Size);
            state.AckElicitingInFlight -= packet.IsAckEliciting ? 1 : 0;
        }

        state.TotalLost.Add(packet);
        foreach (ref readonly SentFrame frame in packet.Frames)
        {
            owner.OnLost(space, frame);
        }

        packet.Return();
    }

    private long OldestOutstanding()
    {
        long oldest = long.MaxValue;
        foreach (PacketSpace space in _spaces)
        {
            oldest = Math.Min(oldest, space.Sent[space.Sent.First]?.Order ?? long.MaxValue);
        }

        return oldest;
    }

    private long EarliestLossTime(out int space)
    {
        space = InitialSpace;
        for (int i = 1; i < _spaces.Length; i++)
        {
            if (_spaces[i].LossTime < _spaces[space].LossTime)
            {
                space = i;
            }
        }

        return _spaces[space].LossTime;
    }
}
