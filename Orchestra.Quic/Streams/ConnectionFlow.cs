using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>Flow control over all streams of a connection, RFC 9000 §4.1.</summary>
internal sealed class ConnectionFlow(StreamOptions options, GrowthShare growth)
{
    private GrowingWindow _window = new(options.ConnectionWindow);
    private long _read;

    // What was taken of the budget: it counts what the peer was told, which is never taken back.
    private long _grown;
    private long _blockedAt = -1;
    private bool _isRaiseDue;
    private bool _isBlockedDue;

    /// <summary>How much the peer lets us send in all.</summary>
    public long SendLimit { get; private set; }

    /// <summary>How much of it is used: new bytes, not those sent again.</summary>
    public long Sent { get; private set; }

    public long Credit => Math.Max(0, SendLimit - Sent);

    /// <summary>The sum of the highest offsets of all streams.</summary>
    public long Received { get; private set; }

    /// <summary>How much of it was read, or will never be.</summary>
    public long Consumed { get; private set; }

    /// <summary>How much we let the peer send in all, as last told.</summary>
    public long ReceiveLimit { get; private set; } = options.ConnectionWindow;

    /// <summary>How much the peer may send beyond what was consumed; after a rest it may have been told more.</summary>
    public long Window => _window.Size;

    /// <summary>What a stream has of that at the most: one that nobody reads is not to hold up all others.</summary>
    public long MaxStreamWindow => Math.Max(options.Window, _window.Size / 2);

    /// <summary>How much of what the peer was told, and did not use, is accounted for.</summary>
    public long Granted => options.ConnectionWindow + _grown;

    /// <summary>Whether any frame about it should go out.</summary>
    public bool HasDue => _isRaiseDue || _isBlockedDue;

    /// <summary>Takes a MAX_DATA frame, or the transport parameter.</summary>
    public void OnRaised(long limit) => SendLimit = Math.Max(SendLimit, limit);

    /// <summary>There is something to send and no credit: the peer is told once for each limit.</summary>
    public void OnBlocked()
    {
        _isBlockedDue |= _blockedAt != SendLimit;
        _blockedAt = SendLimit;
    }

    /// <summary>New bytes were sent.</summary>
    public void OnSent(int bytes) => Sent += bytes;

    /// <returns>False where the peer sent more than it may.</returns>
    public bool OnReceived(long bytes)
    {
        if (bytes > ReceiveLimit - Received)
        {
            return false;
        }

        Received += bytes;
        return true;
    }

    /// <summary>The application has read so much.</summary>
    public void OnRead(long bytes)
    {
        _read += bytes;
        OnConsumed(bytes);
    }

    /// <summary>So much was read, or nobody will.</summary>
    public void OnConsumed(long bytes)
    {
        Consumed += bytes;
        _isRaiseDue |= _window.IsRaiseDue(Consumed, ReceiveLimit);
        GiveBack();
    }

    /// <summary>Writes MAX_DATA, where it is due and fits.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="packet">Remembers it.</param>
    /// <param name="roundTrip">The shortest round trip.</param>
    /// <param name="now">The time.</param>
    public void WriteRaise(ref SpanWriter writer, SentPacket packet, long roundTrip, long now)
    {
        if (!_isRaiseDue)
        {
            return;
        }

        Resize(roundTrip, now);
        long limit = Math.Max(ReceiveLimit, Consumed + _window.Size);
        if (FrameWriter.TryWriteMaxData(ref writer, limit))
        {
            _isRaiseDue = false;
            ReceiveLimit = limit;
            packet.Add(new SentFrame(FrameType.MaxData));
        }
    }

    /// <summary>Writes DATA_BLOCKED, where it is due and fits, and there is still no credit.</summary>
    public void WriteBlocked(ref SpanWriter writer, SentPacket packet)
    {
        if (_isBlockedDue && Credit == 0)
        {
            if (!FrameWriter.TryWriteDataBlocked(ref writer, SendLimit))
            {
                return;
            }

            packet.Add(new SentFrame(FrameType.DataBlocked, Offset: SendLimit));
        }

        _isBlockedDue = false;
    }

    public void OnRaiseLost() => _isRaiseDue = true;

    /// <param name="limit">The limit that it told.</param>
    public void OnBlockedLost(long limit) => _isBlockedDue |= limit == SendLimit && Credit == 0;

    private void Resize(long roundTrip, long now)
    {
        bool hasRested = _window.HasRested(now);
        if (_window.IsUsedUpWithin(GrowingWindow.RoundTripsToRead, _read, roundTrip, now))
        {
            Grow(2 * _window.Size);
        }
        else if (hasRested)
        {
            _window.Size = options.ConnectionWindow;
        }
    }

    private void Grow(long size)
    {
        // Some of it may be told still, from before a rest.
        long more = Math.Max(0, size - Granted);
        if (size <= options.MaxConnectionWindow && (more == 0 || growth.TryTake(more)))
        {
            _window.Size = size;
            _grown += more;
        }
    }

    private void GiveBack()
    {
        long unused = Granted - Math.Max(_window.Size, ReceiveLimit - Consumed);
        if (unused > 0)
        {
            _grown -= unused;
            growth.GiveBack(unused);
        }
    }
}
