namespace Orchestra.Sdk.Dispatch;

/// <summary>How something ended that had to.</summary>
internal enum Ending
{
    /// <summary>In its own time.</summary>
    ByItself,

    /// <summary>Once it was canceled.</summary>
    Canceled,

    /// <summary>It still runs.</summary>
    NotYet,
}

/// <summary>Gives what runs time to end by itself, cancels it when the time is over, and waits a moment for it to say so.</summary>
/// <param name="cancel">Cancels it.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class GracefulEnd(Func<Task> cancel, TimeProvider timeProvider)
{
    /// <summary>How long what is canceled may take to say so.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <param name="running">Ends when it has ended.</param>
    /// <param name="time">How long it may go on.</param>
    /// <param name="grace">How long it may take once it is canceled.</param>
    /// <param name="hurry">Ends the time at once.</param>
    public async Task<Ending> OfAsync(Task running, TimeSpan time, TimeSpan grace, CancellationToken hurry = default)
    {
        if (await running.EndsWithinAsync(time, timeProvider, hurry).ConfigureAwait(false))
        {
            return Ending.ByItself;
        }

        // Not waited for: a callback of the plugin's code may never return.
        _ = cancel();
        return await running.EndsWithinAsync(grace, timeProvider, CancellationToken.None).ConfigureAwait(false)
            ? Ending.Canceled
            : Ending.NotYet;
    }
}
