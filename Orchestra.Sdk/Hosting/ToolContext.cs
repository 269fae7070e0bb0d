using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk;

/// <summary>
/// Who calls a tool and for what. A tool method gets it by having a parameter of this type, which is no part of its schema.
/// </summary>
public sealed class ToolContext
{
    /// <summary>The tool's name.</summary>
    public required string ToolName { get; init; }

    /// <summary>The id of the request that this call answers.</summary>
    public required string RequestId { get; init; }

    /// <summary>The id of the plugin that calls; empty for the host itself.</summary>
    public string CallerPlugin { get; init; } = "";

    /// <summary>The session that the call belongs to; empty when the caller named none.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>The AI provider on whose behalf the call is made; empty when the caller named none.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The caller's W3C trace parent; empty when it sent none.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>Writes to the plugin's log without ever blocking the tool.</summary>
    public required ILogger Logger { get; init; }
}
