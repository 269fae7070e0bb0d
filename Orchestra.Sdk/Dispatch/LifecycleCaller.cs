using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Boots the plugin and shuts it down.</summary>
internal sealed class LifecycleCaller(PluginInstance plugin, PluginEnvironment environment, CallGate calls, EventHub events)
{
    /// <summary>Longer than anybody waits, and short enough for a timer.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);

    private readonly PluginServerOptions _options = environment.Options;
    private readonly Lock _gate = new();

    private Task<bool>? _shutdown;
    private bool _booting;
    private bool _booted;

    public async ValueTask<Answer> BootAsync(IncomingRequest request, CancellationToken cancellationToken) =>
        new PluginResponse { Boot = await BootAsync(request.Message.Boot, cancellationToken).ConfigureAwait(false) };

    /// <summary>Boots the plugin unless that was asked before; null, or why it is not ready.</summary>
    public async ValueTask<string?> EnsureBootedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_booted)
            {
                return null;
            }
        }

        BootResult result = await BootAsync(new BootRequest(), cancellationToken).ConfigureAwait(false);
        return result.Ready ? null : result.Error;
    }

    private async ValueTask<BootResult> BootAsync(BootRequest request, CancellationToken cancellationToken)
    {
        try
        {
            lock (_gate)
            {
                if (_shutdown is not null || _booting)
                {
                    return new BootResult
                    {
                        Error = _booting ? "the plugin is being booted already" : "the plugin is shutting down",
                    };
                }

                (_booting, _booted) = (true, true);
            }

            try
            {
                if (plugin.Lifecycle is { } hooks)
                {
                    var config = new Dictionary<string, string>(request.Config);
                    await hooks.BootAsync(config, cancellationToken).ConfigureAwait(false);
                }

                return new BootResult { Ready = true };
            }
            finally
            {
                lock (_gate)
                {
                    _booting = false;
                }
            }
        }
        catch (Exception exception)
        {
            environment.Logger.HookFailed(exception, "boot");
            return new BootResult { Error = InnermostReason.Of(exception) };
        }
    }

    /// <summary>
    /// Refuses new calls, waits for those in flight, cancels what is left, and runs the hook; all of it within the time. A second
    /// request gets the result of the first one.
    /// </summary>
    public async ValueTask<Answer> ShutDownAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        int seconds = request.Message.Shutdown.TimeoutSeconds;
        TimeSpan time = seconds > 0 ? TimeSpan.FromSeconds(seconds) : _options.ShutdownTimeout;
        bool clean = await ShutDownOnceAsync(time < MaxTimeout ? time : MaxTimeout).ConfigureAwait(false);
        return Answer.Farewell(new PluginResponse { Shutdown = new ShutdownResult { Clean = clean } });
    }

    /// <summary>Runs the hook of a plugin that was booted and is stopped without having been asked to shut down.</summary>
    public async ValueTask StopAsync()
    {
        bool booted;
        lock (_gate)
        {
            booted = _booted;
        }

        if (booted)
        {
            await ShutDownOnceAsync(_options.StopTimeout).ConfigureAwait(false);
        }
    }

    private Task<bool> ShutDownOnceAsync(TimeSpan time)
    {
        lock (_gate)
        {
            return _shutdown ??= Task.Run(() => ShutDownAsync(time));
        }
    }

    private async Task<bool> ShutDownAsync(TimeSpan time)
    {
        TimeProvider clock = _options.TimeProvider;
        long start = clock.GetTimestamp();
        calls.Close();
        var ended = Task.WhenAll(calls.WhenEmpty(), events.WhenIdle());

        // The hook must have its share: whoever asked may kill the process when the time is over.
        TimeSpan grace = time * 0.1 < GracefulEnd.Grace ? time * 0.1 : GracefulEnd.Grace;
        Ending ending = await new GracefulEnd(calls.CancelAsync, clock).OfAsync(ended, time * 0.6, grace).ConfigureAwait(false);
        bool isHookClean = await RunHookAsync(time - clock.GetElapsedTime(start)).ConfigureAwait(false);
        return isHookClean && ending == Ending.ByItself;
    }

    private async Task<bool> RunHookAsync(TimeSpan time)
    {
        if (plugin.Lifecycle is not { } hooks)
        {
            return true;
        }

        var cancellation = new CancellationTokenSource();
        var running = Task.Run(() => hooks.ShutdownAsync(cancellation.Token).AsTask());
        await new GracefulEnd(cancellation.CancelSafelyAsync, _options.TimeProvider)
            .OfAsync(running, time * 0.8, time * 0.1)
            .ConfigureAwait(false);
        if (running.IsCompletedSuccessfully)
        {
            return true;
        }

        Exception failure = running.Exception?.InnerException
            ?? new TimeoutException($"the shutdown hook took longer than the {time.TotalSeconds:0.#} s that were left for it");
        environment.Logger.HookFailed(failure, "shutdown");
        return false;
    }
}
