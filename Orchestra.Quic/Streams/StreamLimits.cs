using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>How many streams of one kind each side may open and has opened, RFC 9000 §4.6.</summary>
/// <param name="maxOpen">How many the peer may have open.</param>
/// <param name="isBidirectional">Which kind.</param>
internal sealed class StreamLimits(int maxOpen, bool isBidirectional)
{
    private long _closedByPeer;
    private long _blockedAt = -1;
    private bool _isRaiseDue;
    private bool _isBlockedDue;

    // We asked for streams in vain since the last MAX_STREAMS.
    private bool _isWanted;

    /// <summary>How many we have opened.</summary>
    public long Opened { get; private set; }

    /// <summary>How many the peer lets us open in all.</summary>
    public long PeerMaximum { get; set; }

    /// <summary>How many the peer has opened.</summary>
    public long PeerOpened { get; set; }

    /// <summary>How many we let the peer open in all, as last told.</summary>
    public long Advertised { get; private set; } = maxOpen;

    /// <summary>Whether any frame about them should go out.</summary>
    public bool HasDue => _isRaiseDue || _isBlockedDue;

    /// <summary>Opens one; where that is not allowed the peer is told once for each limit.</summary>
    public bool TryOpen(out long index)
    {
        index = Opened;
        if (Opened < PeerMaximum)
        {
            Opened++;
            return true;
        }

        _isWanted = true;
        _isBlockedDue |= _blockedAt != PeerMaximum;
        _blockedAt = PeerMaximum;
        return false;
    }

    /// <summary>Takes a MAX_STREAMS frame.</summary>
    public void OnRaised(long maximum)
    {
        if (maximum > PeerMaximum)
        {
            PeerMaximum = maximum;
            _isWanted = false;
            _isBlockedDue = false;
        }
    }

    public void OnPeerStreamClosed()
    {
        _closedByPeer++;

        // Half of them left is early enough, and later a peer with many callers would wait.
        _isRaiseDue |= Advertised - PeerOpened <= maxOpen / 2;
    }

    /// <summary>Writes MAX_STREAMS, where it is due and fits.</summary>
    public void WriteRaise(ref SpanWriter writer, SentPacket packet)
    {
        long maximum = maxOpen + _closedByPeer;
        if (_isRaiseDue && FrameWriter.TryWriteMaxStreams(ref writer, isBidirectional, maximum))
        {
            _isRaiseDue = false;
            Advertised = maximum;
            packet.Add(new SentFrame(isBidirectional ? FrameType.MaxStreamsBidi : FrameType.MaxStreamsUni));
        }
    }

    /// <summary>Writes STREAMS_BLOCKED, where it is due and fits.</summary>
    public void WriteBlocked(ref SpanWriter writer, SentPacket packet)
    {
        if (_isBlockedDue && FrameWriter.TryWriteStreamsBlocked(ref writer, isBidirectional, PeerMaximum))
        {
            _isBlockedDue = false;
            packet.Add(new SentFrame(isBidirectional ? FrameType.StreamsBlockedBidi : FrameType.StreamsBlockedUni, Offset: PeerMaximum));
        }
    }

    public void OnRaiseLost() => _isRaiseDue = true;

    /// <param name="limit">The limit that it told.</param>
    public void OnBlockedLost(long limit) => _isBlockedDue |= limit == PeerMaximum && _isWanted;
}
