using System.Net;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// The places for handshakes under way, of which each address has a share; on this machine everybody has the same address, and that one
/// has all. Where there is no place, the oldest handshake makes room if an honest one would long be done: who begins many and goes on
/// with none keeps the others out no longer than that.
/// </summary>
/// <param name="limit">How many places there are.</param>
/// <param name="limitOfAddress">How many of them one address may have.</param>
/// <param name="clock">Tells how old a handshake is.</param>
internal sealed class HandshakePlaces(int limit, int limitOfAddress, QuicClock clock)
{
    /// <summary>Who has been at it for less, in microseconds, may be honest and busy.</summary>
    public const long MinAge = 1_000_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _places = [];
    private readonly Dictionary<QuicConnection, LinkedListNode<Place>> _nodes = [];
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <summary>How many handshakes are under way, those that failed and are not quite over too.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _places.Count;
            }
        }
    }

    /// <summary>Whether there is a place for somebody.</summary>
    public bool MayTakeMore()
    {
        lock (_gate)
        {
            return _places.Count < limit || FindOld(client: null) is not null;
        }
    }

    /// <summary>Sees to it that there is a place for a client.</summary>
    /// <param name="client">The client's address.</param>
    /// <param name="pushedOut">The handshake that has lost its place for it, and is to be ended.</param>
    public bool TryMakeRoom(IPAddress client, out QuicConnection? pushedOut)
    {
        pushedOut = null;
        lock (_gate)
        {
            bool hasShare = !IPAddress.IsLoopback(client) && _counts.GetValueOrDefault(client) >= limitOfAddress;
            if (!hasShare && _places.Count < limit)
            {
                return true;
            }

            if (FindOld(hasShare ? client : null) is not { } old)
            {
                return false;
            }

            pushedOut = old.Value.Connection;
            Remove(old);
            return true;
        }
    }

    /// <summary>Gives a handshake the place that there is.</summary>
    public void Add(QuicConnection connection)
    {
        lock (_gate)
        {
            IPAddress client = connection.RemoteEndPoint.Address;
            _nodes.Add(connection, _places.AddLast(new Place(connection, clock.Now)));
            _counts[client] = _counts.GetValueOrDefault(client) + 1;
        }
    }

    /// <summary>A handshake is over, one way or the other, or has been for long.</summary>
    public void Remove(QuicConnection connection)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(connection, out LinkedListNode<Place>? node))
            {
                Remove(node);
            }
        }
    }

    /// <summary>The oldest handshake, of an address if one is given; null where it is not old enough.</summary>
    private LinkedListNode<Place>? FindOld(IPAddress? client)
    {
        for (LinkedListNode<Place>? node = _places.First; node is not null && IsOld(node); node = node.Next)
        {
            if (client is null || node.Value.Connection.RemoteEndPoint.Address.Equals(client))
            {
                return node;
            }
        }

        return null;
    }

    private bool IsOld(LinkedListNode<Place> node) => node.Value.Began <= clock.Now - MinAge;

    private void Remove(LinkedListNode<Place> node)
    {
        IPAddress client = node.Value.Connection.RemoteEndPoint.Address;
        _places.Remove(node);
        _nodes.Remove(node.Value.Connection);
        if (--_counts[client] == 0)
        {
            _counts.Remove(client);
        }
    }

    private readonly record struct Place(QuicConnection Connection, long Began);
}
