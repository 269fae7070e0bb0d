namespace Orchestra.Sdk.Hosting;

/// <summary>What a host does at boot and at shutdown, around the hooks of the plugin class.</summary>
/// <param name="plugin">The class's hooks, if it has some.</param>
/// <param name="configuration">Takes what the orchestrator sends.</param>
/// <param name="host">The host, where it is to stop with the plugin.</param>
internal sealed class HostedHooks(ILifecycleHooks? plugin, BootConfiguration configuration, HostLife? host) : ILifecycleHooks
{
    public async ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
    {
        configuration.Fill(config);
        if (plugin is not null)
        {
            await plugin.BootAsync(config, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask ShutdownAsync(CancellationToken cancellationToken)
    {
        // Background work ends too before the answer, after which an orchestrator may kill the process.
        try
        {
            if (plugin is not null)
            {
                await plugin.ShutdownAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (host is not null)
            {
                await host.StopAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
