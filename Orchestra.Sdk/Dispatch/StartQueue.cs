namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Begins exchanges on the thread that receives, or on the thread pool. That takes first what came first, so that all others would wait for
/// the last of the thousand that one peer begins at once. Here the peers take turns, and so do the connections of each; and only a few wait
/// in the pool at a time, since what the others need of it, such as accepting an exchange, waits behind them.
/// </summary>
/// <param name="pool">Those threads.</param>
internal sealed class StartQueue(Action<IThreadPoolWorkItem> pool) : IThreadPoolWorkItem
{
    public static readonly int MaxPending = Environment.ProcessorCount;

    private readonly Lock _gate = new();
    private readonly Queue<PeerShare> _turns = new();
    private int _waiting;

    // In the pool, and not begun.
    private int _pending;

    /// <summary>Begins an exchange when its peer's turn comes.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="start">Serves the exchange; never fails.</param>
    public void Add(Peer peer, Func<Task> start)
    {
        PeerShare share = peer.Share;
        lock (_gate)
        {
            _waiting++;
            peer.Starts.Enqueue(start);
            if (peer.Starts.Count == 1)
            {
                share.Turns.Enqueue(peer);
                if (share.Turns.Count == 1)
                {
                    _turns.Enqueue(share);
                }
            }

            if (_pending == MaxPending)
            {
                return;
            }

            _pending++;
        }

        pool(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Func<Task> start;
        bool goesOn;
        lock (_gate)
        {
            start = Take();
            goesOn = _waiting >= _pending;
            if (!goesOn)
            {
                _pending--;
            }
        }

        if (goesOn)
        {
            // First, for what begins now may keep its thread.
            pool(this);
        }

        _ = start();
    }

    private Func<Task> Take()
    {
        PeerShare share = _turns.Dequeue();
        Peer peer = share.Turns.Dequeue();
        Func<Task> start = peer.Starts.Dequeue();
        _waiting--;
        if (peer.Starts.Count > 0)
        {
            share.Turns.Enqueue(peer);
        }

        if (share.Turns.Count > 0)
        {
            _turns.Enqueue(share);
        }

        return start;
    }
}
