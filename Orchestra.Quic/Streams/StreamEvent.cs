namespace Orchestra.Quic.Streams;

/// <summary>What happened to streams that the application should know.</summary>
/// <param name="Type">What happened.</param>
/// <param name="StreamId">To which stream.</param>
/// <param name="ErrorCode">With which application error code.</param>
internal readonly record struct StreamEvent(StreamEventType Type, long StreamId, long ErrorCode = 0);

internal enum StreamEventType
{
    /// <summary>The peer opened a stream.</summary>
    Opened,

    /// <summary>There is something to read, or the end, or a reset.</summary>
    Readable,

    /// <summary>A stream that did not take all has room again.</summary>
    Writable,

    /// <summary>The peer wants no more of a stream, and it was reset for that.</summary>
    SendStopped,

    /// <summary>Both directions of a stream are done, and all that was sent has arrived.</summary>
    Closed,
}
