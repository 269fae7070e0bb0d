namespace Orchestra.Quic.Endpoint;

/// <summary>A task that costs nothing until somebody asks for it. To be used under a lock.</summary>
internal struct LazyCompletion
{
    private TaskCompletionSource? _source;
    private Exception? _exception;

    public bool IsCompleted { get; private set; }

    public Task Task
    {
        get
        {
            if (_source is null)
            {
                _source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (IsCompleted)
                {
                    Complete(_source);
                }
            }

            return _source.Task;
        }
    }

    /// <summary>Completes the task, with a failure or without. Only the first time counts.</summary>
    public void Complete(Exception? exception = null)
    {
        if (IsCompleted)
        {
            return;
        }

        IsCompleted = true;
        _exception = exception;
        if (_source is not null)
        {
            Complete(_source);
        }
    }

    private readonly void Complete(TaskCompletionSource source)
    {
        if (_exception is null)
        {
            source.SetResult();
            return;
        }

        source.SetException(_exception);

        // Nobody has to look at it.
        _ = source.Task.Exception;
    }
}
