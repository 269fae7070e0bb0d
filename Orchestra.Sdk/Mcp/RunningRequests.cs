namespace Orchestra.Sdk.Mcp;

/// <summary>The requests that are being answered, by their ids, and how many they are.</summary>
/// <param name="limit">How many may be; beyond it no more are read.</param>
internal sealed class RunningRequests(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, McpRequest> _byId = new(StringComparer.Ordinal);
    private int _count;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _empty;

    /// <summary>Counts what has no id, or whose id is not to be found.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            _count++;
        }
    }

    /// <summary>False when one of that id is being answered.</summary>
    public bool TryAdd(McpRequest request)
    {
        lock (_gate)
        {
            if (!_byId.TryAdd(request.Id.Key, request))
            {
                return false;
            }

            _count++;
            return true;
        }
    }

    /// <summary>Forgets the id, which the client may use again once it has the answer.</summary>
    public void Forget(McpRequest request)
    {
        lock (_gate)
        {
            if (_byId.GetValueOrDefault(request.Id.Key) == request)
            {
                _byId.Remove(request.Id.Key);
            }
        }
    }

    public void Leave()
    {
        TaskCompletionSource? room = null;
        TaskCompletionSource? empty = null;
        lock (_gate)
        {
            if (--_count < limit)
            {
                (room, _room) = (_room, null);
            }

            if (_count == 0)
            {
                (empty, _empty) = (_empty, null);
            }
        }

        room?.SetResult();
        empty?.SetResult();
    }

    public McpRequest? Find(RequestId id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id.Key);
        }
    }

    /// <summary>Ends when there is room for one more.</summary>
    public Task WhenRoom()
    {
        lock (_gate)
        {
            return _count < limit ? Task.CompletedTask : (_room ??= New()).Task;
        }
    }

    public Task WhenEmpty()
    {
        lock (_gate)
        {
            return _count == 0 ? Task.CompletedTask : (_empty ??= New()).Task;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
