using Orchestra.Quic.Streams;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Lets so many calls run at once, and none any more once it is closed. While there are several peers each has a share, and calls beyond
/// it wait; of those that wait comes next whose peer has fewest that run.
/// </summary>
/// <param name="limit">How many.</param>
/// <param name="cancellation">Cancels those that run; the owner's.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class CallGate(int limit, CancellationTokenSource cancellation, TimeProvider timeProvider)
{
    /// <summary>So many at once may keep all threads that the pool has at first.</summary>
    private static readonly int Crowd = Environment.ProcessorCount;

    /// <summary>Who has not had its turn by then is told that it is too much.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();

    /// <summary>The peers whose calls wait.</summary>
    private readonly List<PeerShare> _waiting = [];

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
    /// <param name="share">Whose call it is.</param>
    /// <param name="mayWait">Whether it may wait for its place.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<ToolResponse?> EnterAsync(PeerShare share, bool mayWait, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return new(ShuttingDown());
            }

            if (share.WaitingCalls.Count == 0 && MayRun(share))
            {
                Admit(share);
                return new((ToolResponse?)null);
            }

            if (!mayWait || share.RunningCalls + share.WaitingCalls.Count >= limit)
            {
                return new(Overloaded());
            }

            var call = new WaitingCall();
            share.WaitingCalls.AddLast(call);
            if (share.WaitingCalls.Count == 1)
            {
                _waiting.Add(share);
            }

            return WaitAsync(share, call, cancellationToken);
        }
    }

    public void Leave(PeerShare share)
    {
        TaskCompletionSource? empty = null;
        lock (_gate)
        {
            share.RunningCalls--;
            _running--;
            AdmitWaiting();
            if (_running == 0)
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
            foreach (PeerShare share in _waiting)
            {
                foreach (WaitingCall call in share.WaitingCalls)
                {
                    call.SetResult(ShuttingDown());
                }

                share.WaitingCalls.Clear();
            }

            _waiting.Clear();
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

    private static ToolResponse ShuttingDown() =>
        Responses.ToolError(ErrorCodes.ShuttingDown, "the plugin is shutting down and takes no more calls");

    private ToolResponse Overloaded() => Responses.ToolError(
        ErrorCodes.Overloaded, $"the plugin runs {limit} calls already, as many as it may; try again later");

    private bool MayRun(PeerShare share) =>
        _running < limit && (!share.HasOthers || FairShare.MayHaveMore(share.RunningCalls, limit - _running));

    private void Admit(PeerShare share)
    {
        share.RunningCalls++;
        if (++_running >= Crowd && !Crowded.IsSet)
        {
            Crowded.Set();
            OnCrowded?.Invoke();
        }
    }

    private void AdmitWaiting()
    {
        while (_waiting.Count > 0 && FindNext() is { } share)
        {
            Admit(share);
            WaitingCall call = share.WaitingCalls.First!.Value;
            Remove(share, call);
            call.SetResult(null);
        }
    }

    /// <summary>Of the peers that may run more of their calls the one with the fewest.</summary>
    private PeerShare? FindNext()
    {
        PeerShare? fewest = null;
        foreach (PeerShare share in _waiting)
        {
            if (MayRun(share) && (fewest is null || share.RunningCalls < fewest.RunningCalls))
            {
                fewest = share;
            }
        }

        return fewest;
    }

    private bool Remove(PeerShare share, WaitingCall call)
    {
        if (!share.WaitingCalls.Remove(call))
        {
            return false;
        }

        if (share.WaitingCalls.Count == 0)
        {
            _waiting.Remove(share);
        }

        return true;
    }

    private async ValueTask<ToolResponse?> WaitAsync(PeerShare share, WaitingCall call, CancellationToken cancellationToken)
    {
        await call.Task.EndsWithinAsync(MaxWait, timeProvider, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (Remove(share, call))
            {
                return cancellationToken.IsCancellationRequested
                    ? Responses.ToolError(ErrorCodes.Cancelled, "the call was cancelled")
                    : Overloaded();
            }
        }

        return await call.Task.ConfigureAwait(false);
    }
}
