using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>Datagrams to an id of ours belong to the connection from now on, or no longer do.</summary>
internal readonly record struct RouteChange(ConnectionId Id, bool IsAdded);
