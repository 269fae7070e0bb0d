using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;

namespace Orchestra.Sdk;

/// <summary>For what a prompt is asked. A prompt method gets it by having a parameter of this type, which is no argument.</summary>
public sealed class PromptContext
{
    /// <summary>The prompt's name.</summary>
    public required string PromptName { get; init; }

    /// <summary>The id of the request that this answers.</summary>
    public required string RequestId { get; init; }

    /// <summary>
    /// The name in the certificate of the peer that sent it, such as <c>orchestrator-to-tools.notes</c>; <see langword="null"/>
    /// over TCP and within the process.
    /// </summary>
    public string? Peer { get; init; }

    /// <summary>The time that the peer's calls have together for patterns.</summary>
    internal PatternAllowance? Patterns { get; init; }

    /// <summary>Whether the prompt was not asked, because its arguments are wrong.</summary>
    internal bool IsRejected { get; set; }

    /// <summary>Writes to the plugin's log without ever blocking.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The orchestrator, or <see langword="null"/> when the plugin was started without one.</summary>
    public OrchestratorClient? Orchestrator { get; init; }

    /// <summary>
    /// The plugin's services, where parameters with <see cref="FromServicesAttribute">[FromServices]</see> come from;
    /// <see langword="null"/> when it has none.
    /// </summary>
    public IServiceProvider? Services { get; init; }
}
