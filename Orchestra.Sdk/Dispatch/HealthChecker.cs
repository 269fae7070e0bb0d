using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Asks the plugin how it is. A check runs once however many ask meanwhile, so that one that hangs costs nothing more.</summary>
internal sealed class HealthChecker(PluginInstance plugin, PluginEnvironment environment)
{
    private readonly PluginServerOptions _options = environment.Options;
    private readonly Lock _gate = new();
    private Task<HealthResult>? _running;

    public async ValueTask<Answer> AnswerAsync(IncomingRequest request, CancellationToken cancellationToken) =>
        new PluginResponse { Health = await CheckAsync().ConfigureAwait(false) };

    private async ValueTask<HealthResult> CheckAsync()
    {
        if (plugin.HealthCheck is not { } check)
        {
            return new HealthResult { Status = HealthResult.Types.Status.Healthy, Message = "ok" };
        }

        Task<HealthResult> running;
        lock (_gate)
        {
            if (_running is null or { IsCompleted: true })
            {
                _running = Task.Run(() => RunAsync(check));
            }

            running = _running;
        }

        return await running.EndsWithinAsync(_options.HealthTimeout, _options.TimeProvider).ConfigureAwait(false)
            ? await running.ConfigureAwait(false)
            : Unhealthy($"the health check takes longer than {_options.HealthTimeout.TotalSeconds} s");
    }

    private async Task<HealthResult> RunAsync(IHealthCheck check)
    {
        // Canceled without a timer of its own, see Cancellation.
        using var cancellation = new CancellationTokenSource();
        try
        {
            Task<HealthReport> checking = check.CheckHealthAsync(cancellation.Token).AsTask();
            if (!await checking.EndsWithinAsync(_options.HealthTimeout, _options.TimeProvider).ConfigureAwait(false))
            {
                // Not waited for: a callback of the plugin's code may never return.
                _ = cancellation.CancelSafelyAsync();
            }

            HealthReport report = await checking.ConfigureAwait(false);
            var result = new HealthResult { Status = StatusOf(report.Status), Message = report.Message };
            foreach ((string name, string value) in report.Details)
            {
                result.Details[name] = value;
            }

            return result;
        }
        catch (Exception exception)
        {
            environment.Logger.HookFailed(exception, "health check");
            return Unhealthy(InnermostReason.Of(exception));
        }
    }

    private static HealthResult Unhealthy(string message) =>
        new() { Status = HealthResult.Types.Status.Unhealthy, Message = message };

    private static HealthResult.Types.Status StatusOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthResult.Types.Status.Healthy,
        HealthStatus.Degraded => HealthResult.Types.Status.Degraded,
        _ => HealthResult.Types.Status.Unhealthy,
    };
}
