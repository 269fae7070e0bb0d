using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>What happened to a connection that its endpoint should know.</summary>
/// <param name="Type">What happened.</param>
/// <param name="ConnectionId">Which id came or went.</param>
internal readonly record struct ConnectionEvent(ConnectionEventType Type, ConnectionId ConnectionId = default);

internal enum ConnectionEventType
{
    /// <summary>Datagrams to this id belong to the connection.</summary>
    ConnectionIdAdded,

    /// <summary>They no longer do.</summary>
    ConnectionIdRemoved,

    /// <summary>The connection is over; its close reason is set.</summary>
    Closed,
}
