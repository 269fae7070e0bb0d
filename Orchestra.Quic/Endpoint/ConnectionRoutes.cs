using Orchestra.Quic.Connection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>Has the ids of a connection lead to it, and to nobody when it is over. To be used in a turn.</summary>
internal readonly struct ConnectionRoutes(QuicEndpoint endpoint, QuicConnection connection)
{
    /// <summary>Follows what the state machine did to its ids.</summary>
    public void Update(ConnectionCore core)
    {
        while (core.TryTakeRouteChange(out RouteChange change))
        {
            if (change.IsAdded)
            {
                endpoint.AddRoute(change.Id, connection);
            }
            else
            {
                endpoint.RemoveRoute(change.Id, connection);
            }
        }
    }

    /// <summary>Nothing can come any more.</summary>
    public void Remove(ConnectionCore core)
    {
        foreach (ConnectionId id in core.LocalIds)
        {
            endpoint.RemoveRoute(id, connection);
        }

        // Of ids that came or went since they were looked at last.
        while (core.TryTakeRouteChange(out RouteChange change))
        {
            endpoint.RemoveRoute(change.Id, connection);
        }

        if (connection.OriginalDestination is { } original)
        {
            endpoint.RemoveRoute(original, connection);
        }
    }
}
