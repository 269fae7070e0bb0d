using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Whoever is at the other end of a connection, and what is his alone. Over TCP, where a connection is one exchange, all the peers of a
/// listener are one.
/// </summary>
/// <param name="name">The name in its certificate, if it has one.</param>
/// <param name="mayManage">Whether it may boot the plugin, shut it down and register with it.</param>
/// <param name="share">What it has, with its other connections, of what all share.</param>
/// <param name="log">Where to tell what it does wrong; limited, for a peer decides how often it does.</param>
/// <param name="patterns">The time that its calls may take for patterns; null for any.</param>
internal sealed class Peer(string? name, bool mayManage, PeerShare share, ILogger log, PatternAllowance? patterns = null)
{
    /// <summary>How orchestrators call their certificates: <c>orchestrator-to-ID</c>.</summary>
    public const string OrchestratorPrefix = "orchestrator";

    public string? Name { get; } = name;

    public bool MayManage { get; } = mayManage;

    public PeerShare Share { get; } = share;

    /// <summary>Its exchanges that are still to begin. <see cref="StartQueue"/>'s own.</summary>
    public Queue<Func<Task>> Starts { get; } = new();

    public ILogger Log { get; } = log;

    public PatternAllowance? Patterns { get; } = patterns;

    /// <summary>The streams that it has started.</summary>
    public RunningStreams Streams { get; } = new();

    public static bool IsOrchestrator(string? name) => name?.StartsWith(OrchestratorPrefix, StringComparison.Ordinal) is true;
}
