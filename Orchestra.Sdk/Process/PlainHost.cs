using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk;

/// <summary>A plugin with nothing around it.</summary>
/// <param name="createServer">Makes the plugin and its server, with the log that they write to.</param>
internal sealed class PlainHost(Func<ILoggerFactory, PluginServer> createServer) : IPluginHost
{
    public ValueTask<PluginServer> StartAsync(PluginStart start, CancellationToken cancellationToken) => new(createServer(start.LoggerFactory));

    public ValueTask StopAsync(PluginServer server) => server.Plugin.DisposeAsync();
}
