namespace Orchestra.Sdk;

/// <summary>What a plugin does before its first call and after its last one. A plugin class that implements it is asked.</summary>
public interface ILifecycleHooks
{
    /// <summary>Runs for the <c>boot</c> request. What it throws is the answer: the plugin is not ready, and why.</summary>
    /// <param name="config">The configuration that the orchestrator has for this plugin.</param>
    /// <param name="cancellationToken">Canceled when the orchestrator gives up.</param>
    /// <returns>A task that ends when the plugin is ready for calls.</returns>
    ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken);

    /// <summary>
    /// Runs once, when no call is in flight any more and before a <c>shutdown</c> request is answered; an orchestrator may kill the
    /// process right after. A plugin that was booted and is stopped by a signal runs it too.
    /// </summary>
    /// <param name="cancellationToken">Canceled when the time for the shutdown is over.</param>
    /// <returns>A task that ends when everything is saved and closed.</returns>
    ValueTask ShutdownAsync(CancellationToken cancellationToken);
}
