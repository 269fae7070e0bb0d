using Orchestra.Quic.Streams;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Gives the memory of large messages back when there have been none for a while. By itself the collector looks only when something is
/// allocated, which a plugin that is idle does not: it would stay as large as it was.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    /// <summary>Long enough for the next one to come, and to use what there is.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private readonly ByteBudget _bytes;
    private readonly TimeProvider _time;
    private readonly Action _giveBack;
    private readonly Lock _gate = new();

    // Made for the first large message.
    private ITimer? _timer;
    private long _last;
    private bool _isDue;

    public IdleMemory(ByteBudget bytes, TimeProvider time, Action giveBack)
    {
        _bytes = bytes;
        _time = time;
        _giveBack = giveBack;
        bytes.OnLargeReleased = OnLargeReleased;
    }

    /// <summary>Holds all threads up for some milliseconds.</summary>
    public static void GiveBack()
    {
        BufferPool.Trim();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    public void Dispose()
    {
        _bytes.OnLargeReleased = null;
        lock (_gate)
        {
            _timer?.Dispose();
        }
    }

    private void OnLargeReleased()
    {
        lock (_gate)
        {
            _last = _time.GetTimestamp();
            if (!_isDue)
            {
                _isDue = true;
                _timer ??= _time.CreateTimer(static self => ((IdleMemory)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            TimeSpan left = Delay - _time.GetElapsedTime(_last);
            if (left > TimeSpan.Zero)
            {
                _timer!.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            _isDue = false;
        }

        _giveBack();
    }
}
