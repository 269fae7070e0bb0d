using Orchestra.Quic.Recovery;

namespace Orchestra.Quic.Streams;

/// <summary>The sending half of a stream, RFC 9000 §3.1.</summary>
internal struct SendHalf
{
    // A field and not a property: it is a struct that changes.
    public SendBuffer Buffer;

    private bool _isStopped;
    private bool _isResetAcknowledged;
    private bool _wantsToWrite;

    // The limit of which the peer was last told that it holds us up.
    private long? _blockedAt;

    /// <summary>How far the peer lets us send.</summary>
    public long Limit { get; set; }

    /// <summary>Set once it was reset, by us or because the peer wanted no more.</summary>
    public long? ResetCode { get; private set; }

    /// <summary>Whether the peer may not know of the reset yet.</summary>
    public readonly bool IsResetOpen => ResetCode is not null && !_isResetAcknowledged;

    /// <summary>Whether the peer has all of it, or knows that it was reset.</summary>
    public readonly bool IsDone => ResetCode is null ? Buffer.IsComplete : _isResetAcknowledged;

    public readonly bool HasPending => ResetCode is null && Buffer.HasPending(Limit);

    /// <summary>Whether there is data beyond the peer's limit, and all before it is sent.</summary>
    public readonly bool IsBlocked => ResetCode is null && Buffer.Next < Buffer.End && Buffer.Next >= Limit;

    /// <returns>How many bytes were taken; the end only with all of them. -1: it takes no more.</returns>
    public int Write(ReadOnlySpan<byte> data, bool fin, SendMemory memory)
    {
        if (ResetCode is not null || Buffer.HasFin)
        {
            return -1;
        }

        int taken = Math.Min(data.Length, memory.Room(Buffer.Buffered));
        Buffer.Write(data[..taken]);
        memory.OnWritten(taken);
        if (taken < data.Length)
        {
            _wantsToWrite = true;
        }
        else if (fin)
        {
            Buffer.Finish();
        }

        return taken;
    }

    /// <returns>Whether a RESET_STREAM frame is to tell it: not where the peer has all, or was told.</returns>
    public bool TryReset(long errorCode, SendMemory memory)
    {
        if (ResetCode is not null || Buffer.IsComplete)
        {
            return false;
        }

        ResetCode = errorCode;
        memory.OnDropped(Buffer.Buffered);
        Buffer.Clear();
        return true;
    }

    /// <summary>The peer wants no more.</summary>
    /// <returns>Whether that is news.</returns>
    public bool TryStop()
    {
        bool isNews = !_isStopped;
        _isStopped = true;
        return isNews;
    }

    /// <returns>Whether the limit that holds us up is another than the one of which the peer was told, RFC 9000 §4.1.</returns>
    public bool TryNoteBlocked()
    {
        bool isNews = IsBlocked && _blockedAt != Limit;
        _blockedAt = IsBlocked ? Limit : _blockedAt;
        return isNews;
    }

    /// <returns>Whether a writer that was turned away has room again.</returns>
    public bool OnDataAcknowledged(in SentFrame frame, SendMemory memory)
    {
        long before = Buffer.Buffered;
        bool isLess = Buffer.OnAcknowledged(frame.Offset, frame.Length, frame.Fin);
        memory.OnAcknowledged(before - Buffer.Buffered);
        if (!isLess || !_wantsToWrite || !memory.HasAmpleRoom(Buffer.Buffered))
        {
            return false;
        }

        _wantsToWrite = false;
        return true;
    }

    public void OnResetAcknowledged() => _isResetAcknowledged = true;
}
