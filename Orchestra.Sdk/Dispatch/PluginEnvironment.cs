using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>What surrounds the plugin's code while it runs.</summary>
internal sealed class PluginEnvironment(PluginServerOptions options, ILogger logger)
{
    public PluginServerOptions Options { get; } = options;

    public ILogger Logger { get; } = logger;

    /// <summary>How much the messages take that are received, sent or queued at the moment.</summary>
    public ByteBudget Bytes { get; } = new(options.MaxMessageBytesInFlight);

    /// <summary>The orchestrator that the plugin is registered with, once it is.</summary>
    public OrchestratorClient? Orchestrator
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }
}
