using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>What surrounds the plugin's code while it runs.</summary>
internal sealed class PluginEnvironment
{
    public PluginEnvironment(PluginServerOptions options, ILogger logger)
    {
        Options = options;
        Logger = logger;
        Bytes = new ByteBudget(options.MaxMessageBytesInFlight);
        Shares = new PeerShares(Bytes, options.TimeProvider);
    }

    public PluginServerOptions Options { get; }

    public ILogger Logger { get; }

    /// <summary>How much the messages take that are received, sent or queued at the moment.</summary>
    public ByteBudget Bytes { get; }

    /// <summary>Who shares what there is.</summary>
    public PeerShares Shares { get; }

    /// <summary>The orchestrator that the plugin is registered with, once it is.</summary>
    public OrchestratorClient? Orchestrator
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }
}
