using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.BenchPlugin;

/// <summary>Serves more connections and calls at once than the defaults let it, which are for plugins of one user.</summary>
internal sealed class HighLimits : IPluginHost
{
    public ValueTask<PluginServer> StartAsync(PluginStart start, CancellationToken cancellationToken) => new(PluginServer.Create(
        new Bench(), new PluginServerOptions { MaxConnections = 2_000, MaxConcurrentCalls = 20_000, LoggerFactory = start.LoggerFactory }));

    public ValueTask StopAsync(PluginServer server) => ValueTask.CompletedTask;
}
