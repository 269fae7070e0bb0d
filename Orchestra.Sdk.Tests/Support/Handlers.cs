using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Support;

/// <summary>Makes the handler of exchanges as a server does.</summary>
internal static class Handlers
{
    /// <summary>Handles the exchanges of one peer.</summary>
    public static PeerHandler Of(
        PluginInstance plugin, ILogger logger, PluginServerOptions? options = null, CancellationToken cancelCalls = default)
    {
        options ??= new PluginServerOptions();
        var environment = new PluginEnvironment(options, logger);
        var dispatcher = new RequestDispatcher(plugin, environment, new CallGate(options.MaxConcurrentCalls, new CancellationTokenSource(), options.TimeProvider));
        var peer = new Peer("orchestrator", true, environment.Shares.Enter(id: null), logger);
        return new PeerHandler(new ExchangeHandler(dispatcher, environment, default, cancelCalls), peer);
    }
}

/// <summary>Handles exchanges, all of one peer.</summary>
internal sealed class PeerHandler(ExchangeHandler handler, Peer peer)
{
    /// <summary>The same handler for the exchanges of another peer.</summary>
    public PeerHandler For(Peer other) => new(handler, other);

    public Task<bool> HandleAsync(Exchange exchange) => handler.HandleAsync(exchange, peer);
}
