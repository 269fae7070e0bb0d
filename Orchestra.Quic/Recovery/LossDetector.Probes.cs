namespace Orchestra.Quic.Recovery;

/// <summary>Probe timeouts, RFC 9002 §6.2: when they expire, and what the probes carry.</summary>
internal sealed partial class LossDetector
{
    /// <summary>
    /// Offers the frames of an outstanding packet again, so that a probe carries something of use: of the oldest one that no probe
    /// offered yet, so that the next probe carries something else. Only where all were they come again.
    /// </summary>
    public void OfferAgain(int space)
    {
        PacketSpace state = _spaces[space];
        if (!TryOffer(space, state, Math.Max(state.ProbedBelow, state.Sent.First), state.ProbeEnd))
        {
            TryOffer(space, state, state.Sent.First, Math.Min(state.ProbedBelow, state.ProbeEnd));
        }
    }

    private bool TryOffer(int space, PacketSpace state, long from, long end)
    {
        for (long number = from; number < end; number++)
        {
            if (state.Sent[number] is { IsAckEliciting: true, IsSizeProbe: false } packet)
            {
                state.ProbedBelow = number + 1;
                foreach (ref readonly SentFrame frame in packet.Frames)
                {
                    owner.OnLost(space, frame);
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Two packets, so that a single loss among them does not double the wait.</summary>
    private static void Probe(PacketSpace space)
    {
        space.Probes = space.AckElicitingInFlight > 0 ? 2 : 1;
        space.ProbeEnd = space.Sent.End;
    }

    private long EarliestProbeTime(out int space)
    {
        long backoff = 1L << _probeCount;
        if (_spaces[InitialSpace].AckElicitingInFlight + _spaces[HandshakeSpace].AckElicitingInFlight
            + _spaces[ApplicationSpace].AckElicitingInFlight == 0)
        {
            space = HasHandshakeKeys ? HandshakeSpace : InitialSpace;
            return PeerMayAwaitValidation
                ? _lastSendTime + (Rtt.ProbeTimeout(0) * backoff)
                : long.MaxValue;
        }

        long earliest = long.MaxValue;
        space = InitialSpace;
        for (int i = 0; i < _spaces.Length; i++)
        {
            // Before the handshake is confirmed a peer may be unable to read the application space.
            if (_spaces[i].AckElicitingInFlight == 0 || (i == ApplicationSpace && !IsHandshakeConfirmed))
            {
                continue;
            }

            long maxAckDelay = i == ApplicationSpace ? PeerMaxAckDelay : 0;
            long time = _spaces[i].LastAckElicitingTime + (Rtt.ProbeTimeout(maxAckDelay) * backoff);
            if (time < earliest)
            {
                earliest = time;
                space = i;
            }
        }

        return earliest;
    }
}
