using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;

namespace Orchestra.Sdk;

/// <summary>
/// Who calls a tool and for what. A tool method gets it by having a parameter of this type, which is no part of its schema.
/// </summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Tell who calls.&lt;/summary&gt;
/// [Tool(ReadOnly = true)]
/// public static string WhoAmI(ToolContext context) =&gt;
///     $"{(context.CallerPlugin.Length &gt; 0 ? context.CallerPlugin : "the host")}, session \"{context.SessionId}\"";
/// </code>
/// </example>
public sealed class ToolContext
{
    /// <summary>The tool's name.</summary>
    public required string ToolName { get; init; }

    /// <summary>The id of the request that this call answers.</summary>
    public required string RequestId { get; init; }

    /// <summary>
    /// The name in the certificate of the peer that sent it, such as <c>orchestrator-to-tools.notes</c>; <see langword="null"/>
    /// over TCP and within the process. Unlike the other texts here no peer can make it up, unless it can read the authority's key.
    /// </summary>
    public string? Peer { get; init; }

    /// <summary>The time that the peer's calls have together for patterns.</summary>
    internal PatternAllowance? Patterns { get; init; }

    /// <summary>The id of the plugin that calls; empty for the host itself.</summary>
    public string CallerPlugin { get; init; } = "";

    /// <summary>The session that the call belongs to; empty when the caller named none.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>The AI provider on whose behalf the call is made; empty when the caller named none.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The caller's W3C trace parent; empty when it sent none.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>Writes to the plugin's log without ever blocking the tool.</summary>
    /// <example>
    /// <code>
    /// using Microsoft.Extensions.Logging;
    /// using Orchestra.Sdk;
    ///
    /// /// &lt;summary&gt;Import a file.&lt;/summary&gt;
    /// /// &lt;param name="path"&gt;Where it is.&lt;/param&gt;
    /// [Tool]
    /// public static int Import(string path, ToolContext context)
    /// {
    ///     int lines = File.ReadLines(path).Count();
    ///     context.Logger.LogInformation("{Path} has {Lines} lines", path, lines);
    ///     return lines;
    /// }
    /// </code>
    /// </example>
    public required ILogger Logger { get; init; }

    /// <summary>
    /// Calls tools of other plugins, storage and events through the orchestrator that the plugin is registered with;
    /// <see langword="null"/> when it runs without one.
    /// </summary>
    /// <example>
    /// <code>
    /// using Orchestra.Sdk;
    /// using Orchestra.Sdk.Client;
    /// using Orchestra.Sdk.Messages;
    ///
    /// /// &lt;summary&gt;Read a note of the storage.&lt;/summary&gt;
    /// /// &lt;param name="path"&gt;Where it is.&lt;/param&gt;
    /// [Tool(ReadOnly = true)]
    /// public static async Task&lt;string&gt; ReadAsync(string path, ToolContext context, CancellationToken cancellationToken)
    /// {
    ///     OrchestratorClient host = context.Orchestrator
    ///         ?? throw new ToolException("no_orchestrator", "There is no storage: start this plugin by an orchestrator.");
    ///     StorageReadResponse note = await host.ReadStorageAsync(path, "markdown", cancellationToken);
    ///     return note.Content.ToStringUtf8();
    /// }
    /// </code>
    /// </example>
    public OrchestratorClient? Orchestrator { get; init; }

    /// <summary>
    /// The plugin's services, where parameters with <see cref="FromServicesAttribute">[FromServices]</see> come from;
    /// <see langword="null"/> when it has none.
    /// </summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>
    /// Where the caller wants the tool's reports of progress; <see langword="null"/> when it wants none. Orchestra's protocol has no
    /// message for them: these callers are clients of MCP, and those in the process.
    /// </summary>
    public IProgress<object?>? Progress { get; init; }

    /// <summary>
    /// What a tool reports its progress to. A report goes to <see cref="Progress"/>, to the current
    /// <see cref="System.Diagnostics.Activity"/> as an event, and to the log at <see cref="LogLevel.Debug"/>. A parameter of type
    /// <see cref="IProgress{T}"/> of a tool method is this.
    /// </summary>
    /// <typeparam name="T">What is reported; traces and the log have its text.</typeparam>
    /// <returns>The target. It is safe for concurrent use if <see cref="Progress"/> is.</returns>
    public IProgress<T> ProgressOf<T>() => new ToolProgress<T>(this);
}
