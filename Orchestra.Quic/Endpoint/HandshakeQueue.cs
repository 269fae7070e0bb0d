namespace Orchestra.Quic.Endpoint;

/// <summary>
/// Runs handshakes on the thread pool: on the thread that receives, a hundred that begin at once would make all other connections wait.
/// Only half of the processors do it, one turn each and then others' work, so that calls get through meanwhile.
/// </summary>
internal sealed class HandshakeQueue : IThreadPoolWorkItem
{
    private static readonly int MaxWorkers = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly Lock _gate = new();
    private readonly Queue<ConnectionDriver> _waiting = new();
    private int _workers;
    private long _turns;

    /// <summary>How many turns there were.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Lets a connection take the datagrams that wait for it, when its turn comes.</summary>
    public void Add(ConnectionDriver connection)
    {
        lock (_gate)
        {
            _waiting.Enqueue(connection);
            if (_workers == MaxWorkers)
            {
                return;
            }

            _workers++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        ConnectionDriver? connection;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out connection))
            {
                _workers--;
                return;
            }

            _turns++;
        }

        try
        {
            connection.ReceiveWaiting();
        }
        catch (Exception exception)
        {
            // The others that wait depend on this worker.
            connection.OnFault(exception);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
