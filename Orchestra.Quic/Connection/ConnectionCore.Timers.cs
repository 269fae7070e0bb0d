namespace Orchestra.Quic.Connection;

/// <summary>What happens when nothing happens.</summary>
internal sealed partial class ConnectionCore
{
    /// <summary>How long we delay an acknowledgment at the most.</summary>
    private const long MaxAckDelay = 25_000;

    // A peer may say up to 2^62 ms, which is more than a clock of microseconds holds.
    private const long MaxIdleMilliseconds = 1L << 40;

    private long _lastActivity;
    private long _lastSend;
    private bool _hasSentSinceReceive;
    private bool _pingDue;
    private long _paceTime;

    /// <summary>When <see cref="OnTimeout"/> should be called; long.MaxValue: never.</summary>
    public long NextTimeout
    {
        get
        {
            switch (State)
            {
                case ConnectionState.Closed:
                    return long.MaxValue;
                case ConnectionState.Closing or ConnectionState.Draining:
                    return _closeDeadline;
            }

            long next = Math.Min(_recovery.NextTimeout(), IdleDeadline);
            next = Math.Min(next, _paceTime == 0 ? long.MaxValue : _paceTime);
            if (!_recovery.IsBlockedByAmplification)
            {
                foreach (Recovery.ReceivedPackets received in _received)
                {
                    next = Math.Min(next, received.AckDeadline);
                }
            }

            return State == ConnectionState.Handshaking
                ? Math.Min(next, _startTime + _options.HandshakeTimeout)
                : Math.Min(next, Math.Min(KeepAliveDeadline, PathDeadline));
        }
    }

    /// <summary>The state and the timers, for tests that fail.</summary>
    public override string ToString() => $"{State} loss/probe {_recovery.NextTimeout()} idle {IdleDeadline} pace {_paceTime} acks {_received[0].AckDeadline} {_received[1].AckDeadline} {_received[2].AckDeadline} keep-alive {KeepAliveDeadline} path {PathDeadline} inflight {_recovery.Congestion.BytesInFlight}/{_recovery.Congestion.Window} probes {_recovery[0].Probes} {_recovery[1].Probes} {_recovery[2].Probes}";

    private long IdleDeadline
    {
        get
        {
            long timeout = _options.IdleTimeout;
            if (_peerParameters is { MaxIdleTimeout: > 0 } peer)
            {
                long peerTimeout = Math.Min(peer.MaxIdleTimeout, MaxIdleMilliseconds) * 1000;
                timeout = timeout == 0 ? peerTimeout : Math.Min(timeout, peerTimeout);
            }

            // RFC 9000 §10.1: never before a few probes had their chance.
            return timeout == 0 ? long.MaxValue : _lastActivity + Math.Max(timeout, 3 * _recovery.ProbeTimeout);
        }
    }

    private long KeepAliveDeadline =>
        _options.KeepAliveInterval == 0 || _pingDue ? long.MaxValue : Math.Max(_lastActivity, _lastSend) + _options.KeepAliveInterval;

    /// <summary>Does what is due; datagrams may have to be sent after it.</summary>
    public void OnTimeout(long now)
    {
        if (State is ConnectionState.Closing or ConnectionState.Draining)
        {
            if (now >= _closeDeadline)
            {
                Forget();
            }

            return;
        }

        if (State == ConnectionState.Closed)
        {
            return;
        }

        if (State == ConnectionState.Handshaking && now >= _startTime + _options.HandshakeTimeout)
        {
            End(new CloseReason(CloseOrigin.HandshakeTimeout, 0, IsApplication: false, "the handshake took too long"));
            return;
        }

        if (now >= IdleDeadline)
        {
            End(new CloseReason(CloseOrigin.IdleTimeout, 0, IsApplication: false, "nothing was received for too long"));
            return;
        }

        if (State == ConnectionState.Connected)
        {
            _pingDue |= now >= KeepAliveDeadline;
            CheckPath(now);
        }

        _recovery.OnTimeout(now);
        _paceTime = 0;
    }
}
