namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Gives the thread pool more threads where tools block all that it has: by itself it adds one or two a second, and handshakes, health,
/// shutdown and other tools would wait for that long. On a thread of its own, made for the first crowd of calls, which sleeps while few run.
/// </summary>
internal sealed class PoolWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly CallGate _calls;
    private readonly int _limit;

    // Not disposed of: the thread may still look at it.
    private readonly ManualResetEventSlim _over = new();

    private bool _isStarted;

    /// <param name="calls">Tells when many calls run.</param>
    /// <param name="limit">How many of them may.</param>
    public PoolWatch(CallGate calls, int limit)
    {
        _calls = calls;

        // All calls, and as many as the pool has at first for everything else.
        _limit = limit + Environment.ProcessorCount;
        calls.OnCrowded = Start;
    }

    public void Dispose()
    {
        _over.Set();
        _calls.Crowded.Set();
    }

    private void Start()
    {
        if (!Interlocked.Exchange(ref _isStarted, true))
        {
            new Thread(Run, maxStackSize: 128 * 1024) { IsBackground = true, Name = "Orchestra pool" }.Start();
        }
    }

    private void Run()
    {
        ThreadPool.GetMinThreads(out int usual, out int completionPorts);
        long completed = -1;
        while (true)
        {
            _calls.Crowded.Wait();
            if (_over.Wait(Interval))
            {
                return;
            }

            long now = ThreadPool.CompletedWorkItemCount;
            if (ThreadPool.PendingWorkItemCount > 0 && now == completed)
            {
                ThreadPool.SetMinThreads(Math.Min(_limit, 2 * ThreadPool.ThreadCount), completionPorts);
            }

            completed = now;
            if (_calls.IsQuiet())
            {
                ThreadPool.SetMinThreads(usual, completionPorts);
            }
        }
    }
}
