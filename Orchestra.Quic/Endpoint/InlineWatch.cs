namespace Orchestra.Quic.Endpoint;

/// <summary>
/// Sees when a piece of work keeps the thread that receives, and has another thread receive instead: all connections of the endpoint would
/// wait. It sleeps while there is no work. On a thread of its own, made for the first piece.
/// </summary>
/// <param name="work">What is watched.</param>
/// <param name="takeOver">Starts a thread that takes over at this progress.</param>
/// <param name="onFault">Learns why a thread could not be started; then everything stays as it is, and is tried again.</param>
internal sealed class InlineWatch(InlineWork work, Action<long> takeOver, Action<Exception> onFault)
{
    // What keeps the thread does so for twice as long at the most. Shorter, and a busy machine would be mistaken for it.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    // So many intervals without work.
    private const int Quiet = 40;

    private readonly object _gate = new();
    private volatile bool _isAsleep;
    private volatile bool _isOver;
    private bool _isStarted;

    /// <summary>There is work now. For the receiving thread.</summary>
    public void OnWork()
    {
        if (!_isStarted)
        {
            _isStarted = TryStart(() => new Thread(Run, maxStackSize: 128 * 1024) { IsBackground = true, Name = "QUIC watch" }.Start());
        }
        else if (_isAsleep)
        {
            Wake();
        }
    }

    public void Stop()
    {
        _isOver = true;
        Wake();
    }

    private void Run()
    {
        long seen = 0;
        int quiet = 0;
        while (!_isOver)
        {
            Wait(Interval);
            long progress = work.Progress;
            bool isSame = progress == seen;
            if (isSame && (progress & 1) == 1)
            {
                TryStart(() => takeOver(progress));
            }

            seen = progress;
            quiet = isSame ? quiet + 1 : 0;
            if (quiet >= Quiet)
            {
                Sleep(seen);
                quiet = 0;
            }
        }
    }

    /// <summary>A system that is short of something may start no thread.</summary>
    private bool TryStart(Action start)
    {
        try
        {
            start();
            return true;
        }
        catch (Exception exception)
        {
            onFault(exception);
            return false;
        }
    }

    private void Sleep(long seen)
    {
        _isAsleep = true;
        Interlocked.MemoryBarrier();
        if (work.Progress == seen)
        {
            Wait(Timeout.InfiniteTimeSpan);
        }

        _isAsleep = false;
    }

    private void Wait(TimeSpan time)
    {
        lock (_gate)
        {
            if (!_isOver && (_isAsleep || time != Timeout.InfiniteTimeSpan))
            {
                Monitor.Wait(_gate, time);
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _isAsleep = false;
            Monitor.Pulse(_gate);
        }
    }
}
