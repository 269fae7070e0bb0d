using System.Diagnostics.CodeAnalysis;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// What an application begins for what came, run by the thread that received it: no other has to wake up for it, and when all is through
/// what there is to send leaves together. If something keeps the thread, another one takes its part over, see <see cref="InlineWatch"/>.
/// </summary>
internal sealed class InlineWork
{
    // Then others' datagrams have their turn: who begins much does not hold up who begins little.
    private const int MaxBatch = 32;

    [ThreadStatic]
    private static InlineWork? _ofThread;

    // Inside a connection's lock it may be taken, and no connection's lock inside it.
    private readonly Lock _gate = new();
    private readonly Queue<IThreadPoolWorkItem> _items = new();
    private readonly List<ConnectionDriver> _corked = [];
    private readonly Action<Exception> _onFault;
    private readonly InlineWatch _watch;
    private Thread? _owner;
    private long _progress;

    /// <param name="onFault">Learns what a piece of work throws.</param>
    /// <param name="takeOver">Starts a thread that takes over at this progress, see <see cref="TryTakeOver"/>.</param>
    public InlineWork(Action<Exception> onFault, Action<long> takeOver)
    {
        _onFault = onFault;
        _watch = new InlineWatch(this, takeOver, onFault);
    }

    /// <summary>Whether this thread receives, and should not be kept.</summary>
    public static bool IsCurrent => _ofThread is { } work && work._owner == Thread.CurrentThread;

    /// <summary>Whether nothing is left to run. For the thread that receives: only it adds any, and between two pieces nobody takes over.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>It changes whenever a piece of work begins or ends, and is odd in between.</summary>
    public long Progress => Volatile.Read(ref _progress);

    /// <summary>Has a piece of work run by this thread when it has handled what came, where it receives; else by the thread pool.</summary>
    public static void Queue(IThreadPoolWorkItem item)
    {
        if (_ofThread?.TryAdd(item) is not true)
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    /// <summary>
    /// Where this thread runs work, what a connection has to send waits for the end of it; another thread that has a turn meanwhile takes
    /// it along. The connection's lock is held.
    /// </summary>
    /// <returns>Whether it waits.</returns>
    public static bool TryCork(ConnectionDriver driver) => _ofThread?.Cork(driver) is true;

    /// <summary>From now on this thread receives.</summary>
    public void Begin()
    {
        _ofThread = this;
        lock (_gate)
        {
            _owner = Thread.CurrentThread;
        }
    }

    /// <summary>Runs what is queued, as far as it is not too much at once, and sends what came of it.</summary>
    /// <returns>Whether this thread still receives.</returns>
    public bool Run()
    {
        for (int i = 0; i < MaxBatch && TryTake(out IThreadPoolWorkItem? item); i++)
        {
            Interlocked.Increment(ref _progress);
            _watch.OnWork();
            try
            {
                item.Execute();
            }
            catch (Exception exception)
            {
                _onFault(exception);
            }

            if (!TryEnd())
            {
                _ofThread = null;
                return false;
            }
        }

        SendCorked();
        return true;
    }

    /// <summary>
    /// From now on this thread receives instead of one that has made no progress. What waited there goes to the thread pool, and what was
    /// to be sent is sent.
    /// </summary>
    /// <returns>False where that one has made progress since, or lost its part already.</returns>
    public bool TryTakeOver(long progress)
    {
        lock (_gate)
        {
            if (_progress != progress)
            {
                return false;
            }

            _progress++;
            _owner = Thread.CurrentThread;
            GiveToPool();
        }

        _ofThread = this;
        SendCorked();
        return true;
    }

    /// <summary>Nobody receives any more. What is queued still runs.</summary>
    public void End()
    {
        lock (_gate)
        {
            _owner = null;
            GiveToPool();
        }

        _watch.Stop();
    }

    private void GiveToPool()
    {
        while (_items.TryDequeue(out IThreadPoolWorkItem? item))
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    private bool TryAdd(IThreadPoolWorkItem item)
    {
        lock (_gate)
        {
            if (_owner != Thread.CurrentThread)
            {
                return false;
            }

            _items.Enqueue(item);
            return true;
        }
    }

    private bool Cork(ConnectionDriver driver)
    {
        lock (_gate)
        {
            if (_owner != Thread.CurrentThread || (_progress & 1) == 0)
            {
                return false;
            }

            if (!driver.IsCorked)
            {
                driver.IsCorked = true;
                _corked.Add(driver);
            }

            return true;
        }
    }

    private bool TryTake([NotNullWhen(true)] out IThreadPoolWorkItem? item)
    {
        if (IsEmpty)
        {
            item = null;
            return false;
        }

        lock (_gate)
        {
            return _items.TryDequeue(out item);
        }
    }

    private bool TryEnd()
    {
        lock (_gate)
        {
            if (_owner != Thread.CurrentThread)
            {
                return false;
            }

            _progress++;
            return true;
        }
    }

    private void SendCorked()
    {
        if (_corked.Count == 0)
        {
            return;
        }

        foreach (ConnectionDriver driver in _corked)
        {
            driver.Uncork();
        }

        _corked.Clear();
    }
}
