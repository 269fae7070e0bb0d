using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>The receiving half of a stream, RFC 9000 §3.2.</summary>
internal struct ReceiveHalf
{
    // Fields and not properties: they are structs that change.
    public ReceiveBuffer Buffer;
    public GrowingWindow Window;

    /// <summary>How far we let the peer send, as last told.</summary>
    public long Limit { get; set; }

    /// <summary>The end of what the peer sends, once known.</summary>
    public long? FinalSize { get; private set; }

    /// <summary>The peer's reset.</summary>
    public long? ResetCode { get; set; }

    /// <summary>The code with which we asked the peer to stop.</summary>
    public long? StopCode { get; set; }

    /// <summary>The application has the end, or the reset, or wanted no more.</summary>
    public bool IsDelivered { get; set; }

    public bool IsReadableSignaled { get; set; }

    public readonly bool IsDone => IsDelivered && FinalSize is not null;

    /// <summary>Whether all that the peer sends is here, or was.</summary>
    public readonly bool HasAll => Buffer.Start + Buffer.Available == FinalSize;

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => Buffer.Start == FinalSize;

    /// <summary>Whether nobody reads what comes still.</summary>
    public readonly bool IsDiscarding => IsDelivered || ResetCode is not null;

    /// <summary>Checks sizes, RFC 9000 §4.1 and §4.5, and counts what is new.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="end">How far the frame goes.</param>
    /// <param name="finalSize">Where the stream ends, if the frame says it.</param>
    /// <param name="frameType">The frame.</param>
    /// <param name="flow">What all streams may receive.</param>
    /// <exception cref="TransportException">They do not fit, or are more than allowed.</exception>
    public void OnReceived(long id, long end, long? finalSize, FrameType frameType, ConnectionFlow flow)
    {
        if (finalSize is not null && ((FinalSize is not null && FinalSize != finalSize) || finalSize < Buffer.End))
        {
            throw new TransportException(TransportErrorCode.FinalSizeError, $"the final size of stream {id} changed", (long)frameType);
        }

        if (end > FinalSize)
        {
            throw new TransportException(TransportErrorCode.FinalSizeError, $"stream {id} went on beyond its end", (long)frameType);
        }

        if (end > Limit)
        {
            throw new TransportException(TransportErrorCode.FlowControlError, $"more than allowed on stream {id}", (long)frameType);
        }

        if (end > Buffer.End && !flow.OnReceived(end - Buffer.End))
        {
            throw new TransportException(TransportErrorCode.FlowControlError, "more than allowed on all streams", (long)frameType);
        }

        FinalSize ??= finalSize;
    }

    /// <summary>Whether the peer should be told of a new limit, as much was read and more may come.</summary>
    public readonly bool IsLimitDue => FinalSize is null && Window.IsRaiseDue(Buffer.Start, Limit);

    /// <summary>Begins with a window, of which the peer knows.</summary>
    public void Open(long window)
    {
        Window = new GrowingWindow(window);
        Limit = window;
    }

    /// <summary>Doubles the window where the application reads fast; where that of the connection is small it goes back too.</summary>
    /// <param name="maximum">How large it may become.</param>
    /// <param name="roundTrip">The shortest round trip.</param>
    /// <param name="now">The time.</param>
    public void Resize(long maximum, long roundTrip, long now)
    {
        bool isFast = Window.IsUsedUpWithin(GrowingWindow.RoundTripsToRead, Buffer.Start, roundTrip, now);
        Window.Size = Math.Min(isFast ? 2 * Window.Size : Window.Size, maximum);
    }

    /// <summary>Drops what was not read; what will not come up to an offset counts as read.</summary>
    /// <returns>How many bytes that were.</returns>
    public long Discard(long end)
    {
        long before = Buffer.Start;
        Buffer.Discard(end);
        return Buffer.Start - before;
    }
}
