using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Recovery;

/// <summary>Loss detection over the three packet number spaces, RFC 9002 §6 and Appendix A.</summary>
internal sealed class LossDetector
{
    private const int PacketThreshold = 3;
    private const int PersistentCongestionThreshold = 3;

    private readonly ISentFrameSink _sink;
    private readonly HandshakeStatus _handshake;
    private readonly PathEstimates _path;
    private readonly SentSpaces _spaces;
    private readonly PersistentCongestion _persistentCongestion = new();
    private readonly List<SentPacket> _lost = [];

    /// <param name="spaces">What was sent.</param>
    /// <param name="sink">Learns what became of frames.</param>
    /// <param name="handshake">How far the handshake is.</param>
    /// <param name="path">Takes what acknowledgments and losses say of the path.</param>
    public LossDetector(SentSpaces spaces, ISentFrameSink sink, HandshakeStatus handshake, PathEstimates path)
    {
        _spaces = spaces;
        _sink = sink;
        _handshake = handshake;
        _path = path;
        Probe = new ProbeTimer(spaces, handshake, path.Rtt);
    }

    public ProbeTimer Probe { get; }

    public void OnSent(PacketNumberSpace space, SentPacket packet)
    {
        SentSpace state = _spaces[space];
        state.Packets.Add(packet);
        state.TotalSent.Add(packet);
        _persistentCongestion.OnSent(packet);
        Probe.OnSent(packet.Time);
        if (!packet.IsInFlight)
        {
            return;
        }

        if (packet.IsAckEliciting)
        {
            state.AckElicitingInFlight++;
            state.LastAckElicitingTime = packet.Time;
        }

        _path.OnSent(packet.Size);
    }

    /// <summary>Takes an ACK frame.</summary>
    /// <param name="space">Where it came.</param>
    /// <param name="ranges">What it acknowledges.</param>
    /// <param name="ackDelay">What the peer says it waited, in microseconds.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="TransportException">It acknowledges what was never sent.</exception>
    public void OnAckReceived(PacketNumberSpace space, AckRanges ranges, long ackDelay, long now)
    {
        SentSpace state = _spaces[space];
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
            for (long number = Math.Max(smallest, state.Packets.First); number <= largest && number < state.Packets.End; number++)
            {
                if (state.Packets.Remove(number) is { } packet)
                {
                    if (number == ranges.LargestAcknowledged && (space != PacketNumberSpace.Application || number >= _path.FirstPacket))
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
        _persistentCongestion.Forget(_spaces.OldestOutstanding);

        // A client's Initial acknowledged says nothing of whether the server may send: it keeps backing off.
        if (!_handshake.PeerMayAwaitValidation)
        {
            Probe.ResetBackoff();
        }

        if (hasAckEliciting)
        {
            state.Probes = 0;
        }
    }

    /// <summary>Offers the frames of an outstanding packet again, so that a probe carries something of use.</summary>
    public void OfferAgain(PacketNumberSpace space)
    {
        if (_spaces[space].TakeProbeCandidate() is { } packet)
        {
            TellLost(space, packet);
        }
    }

    /// <summary>When <see cref="OnTimeout"/> is due.</summary>
    /// <param name="isBlocked">Whether a server may not send before it hears more: then no probe timer runs, §6.2.2.1.</param>
    public long NextTimeout(bool isBlocked = false)
    {
        long loss = _spaces.FirstLoss.LossTime;
        return loss != Instant.Never ? loss : isBlocked ? Instant.Never : Probe.Next(out _);
    }

    /// <inheritdoc cref="NextTimeout"/>
    public void OnTimeout(long now, bool isBlocked = false)
    {
        SentSpace lossSpace = _spaces.FirstLoss;
        if (lossSpace.LossTime != Instant.Never)
        {
            if (lossSpace.LossTime <= now)
            {
                DetectLosses(lossSpace.Id, now);
            }
        }
        else if (!isBlocked && Probe.Next(out PacketNumberSpace space) <= now)
        {
            Probe.Expire(space);
        }
    }

    /// <summary>The connection is over: nothing that was sent matters any more.</summary>
    public void DiscardAll()
    {
        foreach (SentSpace space in _spaces.All)
        {
            Discard(space.Id);
        }

        _persistentCongestion.Forget(long.MaxValue);
    }

    /// <summary>Forgets a space whose keys are gone, RFC 9002 §6.4.</summary>
    public void Discard(PacketNumberSpace space)
    {
        SentSpace state = _spaces[space];
        if (state.IsDiscarded)
        {
            return;
        }

        for (long number = state.Packets.First; number < state.Packets.End; number++)
        {
            if (state.Packets.Remove(number) is { } packet)
            {
                if (packet.IsInFlight)
                {
                    _path.Congestion.OnDiscarded(packet.Size);
                }

                state.TotalDiscarded.Add(packet);
                packet.Return();
            }
        }

        state.IsDiscarded = true;
        state.AckElicitingInFlight = 0;
        state.StopTimers();
        Probe.ResetBackoff();
    }

    /// <summary>Treats all that is outstanding in a space as lost, without blaming the path, and begins anew: after a Retry, RFC 9002 §6.3.</summary>
    public void LoseAll(PacketNumberSpace space)
    {
        SentSpace state = _spaces[space];
        state.StopTimers();
        Probe.ResetBackoff();
        for (long number = state.Packets.First; number < state.Packets.End; number++)
        {
            if (state.Packets.Remove(number) is { } packet)
            {
                Lose(space, state, packet);
            }
        }
    }

    private void TakeSample(PacketNumberSpace space, long sample, long ackDelay, long now)
    {
        // Only what the application space says is believed, and only so much of it once both sides are known, RFC 9002 §5.3.
        long delay = space != PacketNumberSpace.Application ? 0
            : _handshake.IsConfirmed ? Math.Min(ackDelay, Probe.PeerMaxAckDelay)
            : ackDelay;
        _path.OnSample(sample, delay, now);
    }

    private void Acknowledge(PacketNumberSpace space, SentSpace state, SentPacket packet, long now)
    {
        state.TotalAcknowledged.Add(packet);
        _persistentCongestion.OnAcknowledged(packet);
        if (packet.IsInFlight)
        {
            _path.Congestion.OnAcknowledged(packet, _path.Rtt.Smoothed, now);
            state.AckElicitingInFlight -= packet.IsAckEliciting ? 1 : 0;
        }

        foreach (ref readonly SentFrame frame in packet.Frames)
        {
            _sink.OnAcknowledged(space, frame);
        }

        packet.Return();
    }

    private void DetectLosses(PacketNumberSpace space, long now)
    {
        SentSpace state = _spaces[space];
        state.LossTime = Instant.Never;
        long delay = _path.Rtt.LossDelay;
        for (long number = state.Packets.First; number <= state.LargestAcknowledged && number < state.Packets.End; number++)
        {
            if (state.Packets[number] is not { } packet)
            {
                continue;
            }

            if (packet.Time + delay <= now || state.LargestAcknowledged >= number + PacketThreshold)
            {
                state.Packets.Remove(number);
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

    private void OnLosses(PacketNumberSpace space, SentSpace state, long now)
    {
        long lastInFlight = long.MinValue;
        long persistent = _persistentCongestion.Duration(_lost, _path.FirstSampleTime);
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

        _path.Congestion.OnCongestion(lastInFlight, now);
        if (persistent > _path.Rtt.ProbeTimeout(Probe.PeerMaxAckDelay) * PersistentCongestionThreshold)
        {
            _path.OnPersistentCongestion();
        }
    }

    private void Lose(PacketNumberSpace space, SentSpace state, SentPacket packet)
    {
        if (packet.IsInFlight)
        {
            _path.Congestion.OnLost(packet.Size);
            state.AckElicitingInFlight -= packet.IsAckEliciting ? 1 : 0;
        }

        state.TotalLost.Add(packet);
        _sink.OnPacketLost(space, packet.Number, state.LargestAcknowledged >= packet.Number + PacketThreshold);
        TellLost(space, packet);
        packet.Return();
    }

    private void TellLost(PacketNumberSpace space, SentPacket packet)
    {
        foreach (ref readonly SentFrame frame in packet.Frames)
        {
            _sink.OnLost(space, frame);
        }
    }
}
