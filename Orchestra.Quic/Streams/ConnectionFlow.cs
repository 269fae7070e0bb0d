namespace Orchestra.Quic.Streams;

/// <summary>Flow control over all streams of a connection, RFC 9000 §4.1.</summary>
internal sealed class ConnectionFlow(long window)
{
    private readonly long _window = window;
    private long _blockedAt = -1;

    /// <summary>How much the peer lets us send in all.</summary>
    public long SendLimit { get; set; }

    /// <summary>How much of it is used: new bytes, not those sent again.</summary>
    public long Sent { get; set; }

    public long Credit => Math.Max(0, SendLimit - Sent);

    /// <summary>The sum of the highest offsets of all streams.</summary>
    public long Received { get; private set; }

    /// <summary>How much of it was read, or will never be.</summary>
    public long Consumed { get; private set; }

    /// <summary>How much we let the peer send in all, as last told.</summary>
    public long ReceiveLimit { get; private set; } = window;

    /// <summary>A MAX_DATA frame should go out.</summary>
    public bool IsDue { get; set; }

    /// <summary>A DATA_BLOCKED frame should go out.</summary>
    public bool IsBlockedDue { get; set; }

    /// <summary>There is something to send and no credit: the peer is told once for each limit, RFC 9000 §4.1.</summary>
    public void OnBlocked()
    {
        IsBlockedDue |= _blockedAt != SendLimit;
        _blockedAt = SendLimit;
    }

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

    public void OnConsumed(long bytes)
    {
        Consumed += bytes;
        IsDue |= Consumed + _window - ReceiveLimit >= _window / 2;
    }

    /// <summary>The limit to tell now.</summary>
    public long Raise()
    {
        IsDue = false;
        return ReceiveLimit = Math.Max(ReceiveLimit, Consumed + _window);
    }
}
