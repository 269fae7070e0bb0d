namespace Orchestra.Quic.Streams;

/// <summary>One stream, RFC 9000 §3.</summary>
internal sealed class StreamState(long id, bool canSend, bool canReceive)
{
    // Fields and not properties: they are structs that change. A half that a stream lacks is not used.
    public SendHalf Send;
    public ReceiveHalf Receive;
    public ControlFrames Control;

    public long Id { get; } = id;

    public bool CanSend { get; } = canSend;

    public bool CanReceive { get; } = canReceive;

    /// <summary>Whether it stands in the queue of streams with data to send.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether neither side waits for anything any more.</summary>
    public bool IsDone => (!CanSend || Send.IsDone) && (!CanReceive || Receive.IsDone);

    /// <summary>Whether all that the peer sends is here, and not all of it read.</summary>
    public bool HasAllToRead => CanReceive && !Receive.IsDiscarding && Receive.HasAll;

    /// <summary>Gives its memory back.</summary>
    public void Release()
    {
        Send.Buffer.Clear();
        Receive.Buffer.Discard();
    }
}
