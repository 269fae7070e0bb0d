namespace Orchestra.Quic.Endpoint;

/// <summary>
/// Calls that must not be made under a lock, because whoever is called may come back for it: they are made when it is released, by one
/// thread at a time and in their order.
/// </summary>
/// <param name="gate">The lock.</param>
/// <param name="onFault">Learns what a call throws.</param>
internal sealed class DeferredCalls(Lock gate, Action<Exception> onFault)
{
    // Usually there is none, in all the life of a connection a few.
    private Queue<Action>? _calls;
    private bool _isCalling;

    /// <summary>Whether there are calls that nobody makes yet. The lock is held, as for all that follow.</summary>
    public bool IsAny => _calls is not null && !_isCalling;

    public void Add(Action call) => (_calls ??= new Queue<Action>()).Enqueue(call);

    /// <summary>Releases the lock, and makes the calls.</summary>
    public void ReleaseLock()
    {
        if (_calls is null || _isCalling)
        {
            gate.Exit();
            return;
        }

        _isCalling = true;
        while (_calls.TryDequeue(out Action? call))
        {
            gate.Exit();
            Make(call);
            gate.Enter();
        }

        _calls = null;
        _isCalling = false;
        gate.Exit();
    }

    private void Make(Action call)
    {
        try
        {
            call();
        }
        catch (Exception exception)
        {
            onFault(exception);
        }
    }
}
