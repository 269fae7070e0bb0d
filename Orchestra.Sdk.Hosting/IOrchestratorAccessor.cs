using Orchestra.Sdk.Client;

namespace Orchestra.Sdk.Hosting;

/// <summary>
/// Gives background work, hooks and whatever else has no context of a call the orchestrator: tools of other plugins, storage and events.
/// </summary>
public interface IOrchestratorAccessor
{
    /// <summary>
    /// The orchestrator; <see langword="null"/> before the plugin runs, and when it runs without one. Its requests wait until the plugin is
    /// registered.
    /// </summary>
    OrchestratorClient? Client { get; }
}
