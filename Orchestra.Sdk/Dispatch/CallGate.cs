using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Lets so many calls run at once, and none any more once it is closed.</summary>
/// <param name="limit">How many.</param>
/// <param name="cancellation">Cancels those that run; the owner's.</param>
internal sealed class CallGate(int limit, CancellationTokenSource cancellation)
{
    /// <summary>So many at once may keep all threads that the pool has at first.</summary>
    private static readonly int Crowd = Environment.ProcessorCount;

    private readonly Lock _gate = new();
    private TaskCompletionSource? _empty;
    private int _running;
    private bool _closed;

    /// <summary>Canceled when the calls that still run must end.</summary>
    public CancellationToken Canceled => cancellation.Token;

    /// <summary>Set while so many calls run that they may keep all threads; until <see cref="IsQuiet"/> says otherwise.</summary>
    public ManualResetEventSlim Crowded { get; } = new();

    /// <summary>Called whenever <see cref="Crowded"/> was just set.</summary>
    public Action? OnCrowded { get; set; }

    /// <summary>Whether few calls run; then <see cref="Crowded"/> is not set any more.</summary>
    public bool IsQuiet()
    {
        lock (_gate)
        {
            if (_running >= Crowd)
            {
                return false;
            }

            Crowded.Reset();
            return true;
        }
    }

    /// <summary>Lets a call in, which must leave then; null, or why it may not come in.</summary>
    public ToolResponse? Enter()
    {
        bool isCrowd = false;
        lock (_gate)
        {
            if (_closed)
            {
                return Responses.ToolError(ErrorCodes.ShuttingDown, "the plugin is shutting down and takes no more calls");
            }

            if (_running == limit)
            {
                return Responses.ToolError(
                    ErrorCodes.Overloaded, $"the plugin runs {limit} calls already, as many as it may; try again later");
            }

            if (++_running >= Crowd && !Crowded.IsSet)
            {
                Crowded.Set();
                isCrowd = true;
            }
        }

        if (isCrowd)
        {
            OnCrowded?.Invoke();
        }

        return null;
    }

    public void Leave()
    {
        TaskCompletionSource? empty = null;
        lock (_gate)
        {
            if (--_running == 0)
            {
                (empty, _empty) = (_empty, null);
            }
        }

        empty?.SetResult();
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    public Task CancelAsync() => cancellation.CancelSafelyAsync();

    public Task WhenEmpty()
    {
        lock (_gate)
        {
            if (_running == 0)
            {
                return Task.CompletedTask;
            }

            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }
}
