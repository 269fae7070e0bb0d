namespace Orchestra.Sdk.Dispatch;

/// <summary>Cancels what the plugin's code holds a token of.</summary>
internal static class Cancellation
{
    /// <summary>
    /// Cancels. Not to be replaced by a source that cancels itself after a time: where a callback of the plugin's throws on the
    /// timer's thread, the process ends.
    /// </summary>
    public static async Task CancelSafelyAsync(this CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException)
        {
            // A callback of the plugin's failed; it is canceled all the same.
        }
        catch (ObjectDisposedException)
        {
            // What was to be canceled is over.
        }
    }

    /// <summary>Whether the task ended, in whatever way, within the time.</summary>
    public static async Task<bool> EndsWithinAsync(
        this Task task, TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken = default)
    {
        await task.WaitAsync(time, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }
}
