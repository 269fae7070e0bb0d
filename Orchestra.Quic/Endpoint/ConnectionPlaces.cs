using Orchestra.Quic.Streams;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// The places for connections whose handshake is done. Where a peer may have no further one, a connection without open streams makes
/// room: one of the peer's own, or of a peer that has at least as many. Of these goes the one that has been idle longest.
/// </summary>
/// <param name="limit">How many places there are.</param>
/// <param name="clock">Tells who is idle.</param>
internal sealed class ConnectionPlaces(int limit, QuicClock clock)
{
    /// <summary>Who was idle for less, in microseconds, may be about to open a stream.</summary>
    public const long MinIdle = 1_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<QuicConnection>> _peers = [];
    private int _taken;

    /// <summary>Whether somebody may get a place; who, only the certificate says.</summary>
    public bool MayTakeMore()
    {
        lock (_gate)
        {
            return _taken < limit || FindIdlest("", had: 0) is not null;
        }
    }

    /// <summary>
    /// Gives a connection a place. Its turn goes on, and in it that of the one that makes room may begin: it has its place already, and
    /// so never waits for another's.
    /// </summary>
    public bool TryTake(QuicConnection newcomer)
    {
        while (true)
        {
            QuicConnection? idlest;
            lock (_gate)
            {
                int had = CountOf(newcomer.Peer);
                if (FairShare.MayHaveMore(had, limit - _taken))
                {
                    Add(newcomer);
                    return true;
                }

                // While there are places nobody loses one to others.
                idlest = _taken < limit ? FindIdlest(newcomer.Peer) : FindIdlest(newcomer.Peer, had);
            }

            if (idlest is null)
            {
                return false;
            }

            using (idlest.Driver.Enter())
            {
                if (TryReplace(idlest, newcomer))
                {
                    idlest.Driver.PushOut();
                    return true;
                }
            }
        }
    }

    /// <summary>Gives the place of a connection back, if it has one.</summary>
    public void Remove(QuicConnection connection)
    {
        lock (_gate)
        {
            TryRemove(connection);
        }
    }

    private bool TryReplace(QuicConnection idlest, QuicConnection newcomer)
    {
        if (!IsIdle(idlest))
        {
            return false;
        }

        lock (_gate)
        {
            if (!TryRemove(idlest))
            {
                return false;
            }

            Add(newcomer);
            return true;
        }
    }

    private int CountOf(string peer) => _peers.TryGetValue(peer, out HashSet<QuicConnection>? own) ? own.Count : 0;

    private void Add(QuicConnection connection)
    {
        if (!_peers.TryGetValue(connection.Peer, out HashSet<QuicConnection>? own))
        {
            _peers.Add(connection.Peer, own = []);
        }

        if (own.Add(connection))
        {
            _taken++;
        }
    }

    private bool TryRemove(QuicConnection connection)
    {
        if (!_peers.TryGetValue(connection.Peer, out HashSet<QuicConnection>? own) || !own.Remove(connection))
        {
            return false;
        }

        _taken--;
        if (own.Count == 0)
        {
            _peers.Remove(connection.Peer);
        }

        return true;
    }

    private bool IsIdle(QuicConnection connection) => connection.IdleSince <= clock.Now - MinIdle;

    /// <summary>Of the connections of those that have most, and would not have fewer than the peer then; null where none is idle.</summary>
    private QuicConnection? FindIdlest(string peer, int had)
    {
        QuicConnection? idlest = null;
        int most = had + 1;
        foreach ((string other, HashSet<QuicConnection> connections) in _peers)
        {
            int count = other == peer ? had + 1 : connections.Count;
            if (count < most || FindIdlest(other) is not { } candidate)
            {
                continue;
            }

            if (idlest is null || count > most || candidate.IdleSince < idlest.IdleSince)
            {
                idlest = candidate;
                most = count;
            }
        }

        return idlest;
    }

    private QuicConnection? FindIdlest(string peer)
    {
        QuicConnection? idlest = null;
        if (_peers.TryGetValue(peer, out HashSet<QuicConnection>? own))
        {
            foreach (QuicConnection connection in own)
            {
                if (IsIdle(connection) && (idlest is null || connection.IdleSince < idlest.IdleSince))
                {
                    idlest = connection;
                }
            }
        }

        return idlest;
    }
}
