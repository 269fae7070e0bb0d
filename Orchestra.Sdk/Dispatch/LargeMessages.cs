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

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Waits for the turn.</summary>
    /// <returns>Whether it is the caller's, who must leave then. Else it has waited for long enough.</returns>
    public ValueTask<bool> EnterAsync() => _turn.Wait(0) ? new(true) : WaitAsync();

    public void Leave() => _turn.Release();

    private async ValueTask<bool> WaitAsync()
    {
        using var patience = new CancellationTokenSource(MaxWait, timeProvider);
        try
        {
            await _turn.WaitAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
