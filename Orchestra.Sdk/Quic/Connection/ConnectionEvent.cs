using Orchestra.Sdk.Quic.Wire;

namespace Orchestra.Sdk.Quic.Connection;

/// <summary>What happened on a connection that its endpoint or its application should know.</summary>
/// <param name="Type">What happened.</param>
/// <param name="StreamId">To which stream.</param>
/// <param name="ConnectionId">Which id came or went.</param>
/// <param name="ErrorCode">With which application error code.</param>
internal readonly record struct ConnectionEvent(
    ConnectionEventType Type, long StreamId = -1, ConnectionId ConnectionId = default, long ErrorCode = 0);

internal enum ConnectionEventType
{
    /// <summary>The handshake is complete.</summary>
    Connected,

    /// <summary>The peer opened a stream.</summary>
    StreamOpened,

    /// <summary>There is something to read, or the end, or a reset.</summary>
    StreamReadable,

    /// <summary>A stream that did not take all has room again.</summary>
    StreamWritable,

    /// <summary>The peer wants no more of a stream, and it was reset for that.</summary>
    StreamSendStopped,

    /// <summary>Both directions of a stream are done, and all that was sent has arrived.</summary>
    StreamClosed,

    /// <summary>More streams may be opened.</summary>
    StreamsAvailable,

    /// <summary>Datagrams to this id belong to the connection.</summary>
    ConnectionIdAdded,

    /// <summary>They no longer do.</summary>
    ConnectionIdRemoved,

    /// <summary>The connection is over; its close reason is set.</summary>
    Closed,
}
