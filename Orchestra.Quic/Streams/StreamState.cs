namespace Orchestra.Quic.Streams;

/// <summary>One stream, both directions of it, RFC 9000 §3. <see cref="StreamSet"/> keeps the rules that concern several.</summary>
internal sealed class StreamState(long id, bool canSend, bool canReceive)
{
    // Fields and not properties: they are structs that change.
    public SendBuffer Send;
    public ReceiveBuffer Receive;

    public long Id { get; } = id;

    public bool CanSend { get; } = canSend;

    public bool CanReceive { get; } = canReceive;

    /// <summary>How far the peer lets us send.</summary>
    public long SendLimit { get; set; }

    /// <summary>How far we let the peer send, as last told.</summary>
    public long ReceiveLimit { get; set; }

    /// <summary>The end of what the peer sends, once known; -1 before.</summary>
    public long FinalSize { get; set; } = -1;

    /// <summary>Our reset of the sending side.</summary>
    public long? ResetCode { get; set; }

    public bool ResetAcknowledged { get; set; }

    /// <summary>The peer's reset of its sending side.</summary>
    public long? PeerResetCode { get; set; }

    /// <summary>The code with which the peer asked us to stop.</summary>
    public long? StopCode { get; set; }

    /// <summary>The code with which we asked the peer to stop.</summary>
    public long? StopSendingCode { get; set; }

    /// <summary>The application has the end, or the reset, or wanted no more.</summary>
    public bool IsReceiveDelivered { get; set; }

    public bool WantsToWrite { get; set; }

    public bool IsReadableSignaled { get; set; }

    /// <summary>Whether it stands in the queue of streams with data to send.</summary>
    public bool IsQueued { get; set; }

    public bool ResetDue { get; set; }

    public bool StopSendingDue { get; set; }

    public bool ReceiveLimitDue { get; set; }

    public bool BlockedDue { get; set; }

    /// <summary>The limit of which the peer was last told that it holds us up.</summary>
    public long BlockedAt { get; set; } = -1;

    /// <summary>Whether there is data beyond the peer's limit, and all before it is sent.</summary>
    public bool IsBlocked => ResetCode is null && Send.Next < Send.End && Send.Next >= SendLimit;

    /// <summary>Whether it stands in the list of streams with control frames to send.</summary>
    public bool HasControlDue { get; set; }

    public bool IsSendDone => !CanSend || (ResetCode is null ? Send.IsComplete : ResetAcknowledged);

    public bool IsReceiveDone => !CanReceive || (IsReceiveDelivered && FinalSize >= 0);

    public bool HasPendingData => ResetCode is null && Send.HasPending(SendLimit);
}
