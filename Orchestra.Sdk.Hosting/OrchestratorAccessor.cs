using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Hosting;

/// <summary>Knows the orchestrator by the server, once there is one.</summary>
internal sealed class OrchestratorAccessor : IOrchestratorAccessor
{
    private PluginServer? _server;

    public PluginServer? Server
    {
        set => Volatile.Write(ref _server, value);
    }

    public OrchestratorClient? Client => Volatile.Read(ref _server)?.Orchestrator;
}
