namespace Orchestra.Sdk.Dispatch;

/// <summary>How a server ends: once, and in order.</summary>
/// <param name="connections">What it serves.</param>
/// <param name="dispatcher">What answers.</param>
/// <param name="calls">What runs.</param>
/// <param name="options">How long it may take.</param>
/// <param name="stopping">Canceled when no more requests are taken; the owner's.</param>
internal sealed class ServerLifetime(
    ConnectionServer connections,
    RequestDispatcher dispatcher,
    CallGate calls,
    PluginServerOptions options,
    CancellationTokenSource stopping)
{
    /// <summary>How long connections that are closed may go on telling their peers so.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task? _stop;

    /// <summary>Stops; whoever asks again waits for the same end.</summary>
    /// <param name="hurry">Cancels the calls in flight at once.</param>
    public Task StopAsync(CancellationToken hurry)
    {
        lock (_gate)
        {
            return _stop ??= StopOnceAsync(hurry);
        }
    }

    private async Task StopOnceAsync(CancellationToken hurry)
    {
        Task closed = connections.CloseAsync();
        await stopping.CancelSafelyAsync().ConfigureAwait(false);
        await closed.ConfigureAwait(false);
        Ending ending = await new GracefulEnd(calls.CancelAsync, options.TimeProvider)
            .OfAsync(WhenIdleAsync(), options.StopTimeout, GracefulEnd.Grace, hurry)
            .ConfigureAwait(false);
        if (ending == Ending.NotYet)
        {
            connections.Abort();
        }

        await dispatcher.Lifecycle.StopAsync().ConfigureAwait(false);

        // Nothing runs any more; what holds on to the token may know.
        _ = calls.CancelAsync();
        await connections.WhenAddressesFreed()
            .EndsWithinAsync(DrainTimeout, options.TimeProvider, CancellationToken.None)
            .ConfigureAwait(false);
    }

    /// <summary>Ends when no connection is open, and no event that came on one is being handled.</summary>
    private async Task WhenIdleAsync()
    {
        await connections.WhenEmpty().ConfigureAwait(false);
        await dispatcher.Events.WhenIdle().ConfigureAwait(false);
    }
}
