using Orchestra.Quic.Recovery;

namespace Orchestra.Quic.Connection;

/// <summary>What happens when nothing happens: when an open connection is to be looked after next.</summary>
internal sealed class ConnectionTimers(
    ConnectionOptions options, HandshakeStatus handshake, PacketSpaces spaces, PathManager paths, LossDetector recovery, long now)
{
    // A peer may say up to 2^62 ms, which is more than a clock of microseconds holds.
    private const long MaxIdleMilliseconds = 1L << 40;

    // One lost probe says little, and so does the time alone: we may have been stopped.
    private const int MinUnansweredProbes = 2;

    private readonly long _start = now;
    private long _lastActivity = now;
    private long _lastSend = now;
    private bool _hasSentSinceReceive;

    /// <summary>The peer's max_idle_timeout in milliseconds; 0 for none.</summary>
    public long PeerIdleTimeout { get; set; }

    /// <summary>Whether a PING should go out.</summary>
    public bool IsPingDue { get; set; }

    /// <summary>When the pace allows what waits for it.</summary>
    public long PaceTime { get; set; } = Instant.Never;

    /// <summary>When the first of them expires.</summary>
    public long Next
    {
        get
        {
            bool isBlocked = paths.IsBlocked;
            long next = Math.Min(recovery.NextTimeout(isBlocked), isBlocked ? Instant.Never : spaces.AckDeadline);
            next = Math.Min(next, Math.Min(PaceTime, IdleDeadline));
            return handshake.IsComplete
                ? Math.Min(Math.Min(next, AnswerDeadline), Math.Min(KeepAliveDeadline, paths.Deadline(recovery.Probe.Period)))
                : Math.Min(next, HandshakeDeadline);
        }
    }

    public long HandshakeDeadline => _start + options.HandshakeTimeout;

    public long IdleDeadline
    {
        get
        {
            long timeout = options.IdleTimeout;
            if (PeerIdleTimeout > 0)
            {
                long peerTimeout = Math.Min(PeerIdleTimeout, MaxIdleMilliseconds) * 1000;
                timeout = timeout == 0 ? peerTimeout : Math.Min(timeout, peerTimeout);
            }

            // RFC 9000 §10.1: never before a few probes had their chance.
            return timeout == 0 ? Instant.Never : _lastActivity + Math.Max(timeout, 3 * recovery.Probe.Period);
        }
    }

    /// <summary>When a peer is gone that answers nothing.</summary>
    public long AnswerDeadline =>
        options.AnswerTimeout == 0 || !_hasSentSinceReceive || recovery.Probe.Unanswered < MinUnansweredProbes
            ? Instant.Never
            : _lastActivity + options.AnswerTimeout;

    public long KeepAliveDeadline =>
        options.KeepAliveInterval == 0 || IsPingDue ? Instant.Never : Math.Max(_lastActivity, _lastSend) + options.KeepAliveInterval;

    /// <summary>How long a connection that ends now waits: three probe timeouts, RFC 9000 §10.2; a handshake takes no longer by failing.</summary>
    public long CloseDeadline(long now)
    {
        long deadline = now + (3 * recovery.Probe.Period);
        return handshake.IsConfirmed ? deadline : Math.Min(deadline, Math.Max(now, HandshakeDeadline));
    }

    /// <summary>An authentic packet came.</summary>
    public void OnReceived(long now)
    {
        _lastActivity = now;
        _hasSentSinceReceive = false;
    }

    public void OnSent(long now, bool isAckEliciting)
    {
        _lastSend = now;
        if (isAckEliciting && !_hasSentSinceReceive)
        {
            _hasSentSinceReceive = true;
            _lastActivity = now;
        }
    }
}
