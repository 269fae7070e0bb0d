namespace Orchestra.Sdk;

/// <summary>
/// A standard error that nobody can read any more: whoever started the process is gone, though something between them may live. Some
/// close it once they have read READY; those keep a connection.
/// </summary>
internal static class UnreadLog
{
    /// <summary>How long nobody may be connected then.</summary>
    public const int Seconds = 10;

    /// <summary>Completes when nobody can read it, and nobody is connected for a while.</summary>
    public static async Task WhenAbandonedAsync(
        Func<bool> isUnread, Func<bool> isConnected, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        for (int abandoned = 0; abandoned < Seconds;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), timeProvider, cancellationToken).ConfigureAwait(false);
            abandoned = isUnread() && !isConnected() ? abandoned + 1 : 0;
        }
    }
}
