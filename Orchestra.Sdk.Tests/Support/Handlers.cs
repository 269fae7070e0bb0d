using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Support;

/// <summary>Makes the handler of exchanges as a server does.</summary>
internal static class Handlers
{
    public static ExchangeHandler Of(
        PluginInstance plugin, ILogger logger, PluginServerOptions? options = null, CancellationToken cancelCalls = default)
    {
        options ??= new PluginServerOptions();
        var environment = new PluginEnvironment(options, logger);
        var dispatcher = new RequestDispatcher(plugin, environment, new CallGate(options.MaxConcurrentCalls, new CancellationTokenSource()));
        return new ExchangeHandler(dispatcher, environment, default, cancelCalls);
    }
}
