using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;

namespace Orchestra.Sdk;

/// <summary>Where an event comes from. An event method gets it by having a parameter of this type.</summary>
public sealed class EventContext
{
    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>What happened, in the publisher's words; empty when it said nothing.</summary>
    public string EventType { get; init; } = "";

    /// <summary>The id of the plugin that published it; empty when it said nothing.</summary>
    public string SourcePlugin { get; init; } = "";

    /// <summary>The subscription that the event matched.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>
    /// The name in the certificate of the peer that brought it, such as <c>orchestrator-to-tools.notes</c>; <see langword="null"/>
    /// over TCP and within the process. Whatever <see cref="SourcePlugin"/> says, this is who sent it.
    /// </summary>
    public string? Peer { get; init; }

    /// <summary>The time that the peer's calls have together for patterns.</summary>
    internal PatternAllowance? Patterns { get; init; }

    /// <summary>When it arrived at this plugin.</summary>
    public required DateTimeOffset Timestamp { get; init; }

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
