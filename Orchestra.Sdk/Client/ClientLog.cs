using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Client;

/// <summary>What the client logs.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(40, LogLevel.Warning, "lost the orchestrator: {Reason}; reconnecting")]
    public static partial void ConnectionLost(this ILogger logger, string reason);

    [LoggerMessage(41, LogLevel.Warning, "cannot reconnect to the orchestrator yet: {Reason}")]
    public static partial void ReconnectFailed(this ILogger logger, string reason);

    [LoggerMessage(42, LogLevel.Information, "reconnected to the orchestrator")]
    public static partial void Reconnected(this ILogger logger);
}
