using System.Threading.Tasks.Sources;

namespace Orchestra.Quic.Endpoint;

/// <summary>Lets one caller at a time wait for something that happens under a lock; used again and again.</summary>
internal sealed class AsyncSignal(Lock gate) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private bool _isWaiting;
    private volatile bool _isUsed;

    /// <summary>Begins to wait. The lock is held, and the wait is for after it is released.</summary>
    /// <exception cref="InvalidOperationException">Somebody waits already.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_isUsed)
        {
            throw new InvalidOperationException("An operation of this kind is already under way on the stream.");
        }

        _isUsed = true;
        _isWaiting = true;
        _source.Reset();
        _cancellation = cancellationToken.UnsafeRegister(static (self, token) => ((AsyncSignal)self!).Cancel(token), this);
        return new ValueTask(this, _source.Version);
    }

    /// <summary>Ends the wait, if there is one. The lock is held.</summary>
    public void Set()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            _source.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a callback under way, so that it cannot hit the next wait.
        _cancellation.Dispose();
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            _isUsed = false;
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        lock (gate)
        {
            if (_isWaiting)
            {
                _isWaiting = false;
                _source.SetException(new OperationCanceledException(token));
            }
        }
    }
}
