namespace Orchestra.Quic.Streams;

/// <summary>How many streams of one kind (bidirectional or not) each side may open and has opened.</summary>
internal sealed class StreamLimits(int maxOpen)
{
    private long _closedByPeer;
    private long _blockedAt = -1;

    /// <summary>How many we have opened.</summary>
    public long Opened { get; set; }

    /// <summary>How many the peer lets us open in all.</summary>
    public long PeerMaximum { get; set; }

    /// <summary>How many the peer has opened.</summary>
    public long PeerOpened { get; set; }

    /// <summary>How many we let the peer open in all, as last told.</summary>
    public long Advertised { get; set; } = maxOpen;

    /// <summary>A MAX_STREAMS frame should go out.</summary>
    public bool IsDue { get; set; }

    /// <summary>Any frame about them should go out.</summary>
    public bool HasDue => IsDue || IsBlockedDue;

    /// <summary>What the peer may have open now.</summary>
    public long Maximum => maxOpen + _closedByPeer;

    /// <summary>We asked for streams in vain since the last MAX_STREAMS.</summary>
    public bool IsWanted { get; set; }

    /// <summary>A STREAMS_BLOCKED frame should go out.</summary>
    public bool IsBlockedDue { get; set; }

    /// <summary>A stream could not be opened: the peer is told once for each limit, RFC 9000 §4.6.</summary>
    public void OnBlocked()
    {
        IsWanted = true;
        IsBlockedDue |= _blockedAt != PeerMaximum;
        _blockedAt = PeerMaximum;
    }

    public void OnPeerStreamClosed()
    {
        _closedByPeer++;

        // Half of them left is early enough, and later a peer with many callers would wait.
        IsDue |= Advertised - PeerOpened <= maxOpen / 2;
    }
}
