using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// The large messages of a peer, which are worked on one after the other: all at once they take many times the memory and all processors
/// from others, and each is through later. Who has waited for long goes on all the same, as who is ahead may wait for the peer itself.
/// </summary>
/// <param name="timeProvider">The clock.</param>
internal sealed class LargeMessages(TimeProvider timeProvider)
{
    /// <summary>What is smaller is worked on at once.</summary>
    public const long Size = ByteBudget.Large;

    /// <summary>Several messages of the largest size are read, answered and sent in this time.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private bool _isTaken;

    /// <summary>Waits for the turn.</summary>
    /// <returns>Whether it is the caller's, who must leave then. Else it has waited for long enough.</returns>
    public ValueTask<bool> EnterAsync()
    {
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return new(true);
            }

            return WaitAsync(_waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (_waiting.First is { } next)
            {
                _waiting.Remove(next);
                next.Value.SetResult();
            }
            else
            {
                _isTaken = false;
            }
        }
    }

    private async ValueTask<bool> WaitAsync(LinkedListNode<TaskCompletionSource> turn)
    {
        await turn.Value.Task.EndsWithinAsync(MaxWait, timeProvider).ConfigureAwait(false);
        lock (_gate)
        {
            // Whose turn it is waits no more, even if its time was over at the same moment.
            bool isNext = turn.List is null;
            if (!isNext)
            {
                _waiting.Remove(turn);
            }

            return isNext;
        }
    }
}
