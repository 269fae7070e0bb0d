namespace Orchestra.Sdk.Dispatch;

/// <summary>What is going on at the moment, so that one can wait for its end or cut it off.</summary>
internal sealed class ActiveSet<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly HashSet<T> _items = [];
    private TaskCompletionSource? _empty;

    public void Add(T item)
    {
        lock (_gate)
        {
            _items.Add(item);
        }
    }

    public void Remove(T item)
    {
        TaskCompletionSource? empty = null;
        lock (_gate)
        {
            _items.Remove(item);
            if (_items.Count == 0)
            {
                (empty, _empty) = (_empty, null);
            }
        }

        empty?.SetResult();
    }

    public Task WhenEmpty()
    {
        lock (_gate)
        {
            if (_items.Count == 0)
            {
                return Task.CompletedTask;
            }

            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    public T[] ToArray()
    {
        lock (_gate)
        {
            return [.. _items];
        }
    }
}
