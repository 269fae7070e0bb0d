using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk;

/// <summary>What a plugin logs as a process.</summary>
internal static partial class ProcessLog
{
    [LoggerMessage(20, LogLevel.Information, "registered with the orchestrator at {Address}")]
    public static partial void Registered(this ILogger logger, string address);

    [LoggerMessage(21, LogLevel.Critical, "the plugin failed")]
    public static partial void PluginFailed(this ILogger logger, Exception exception);

    [LoggerMessage(22, LogLevel.Warning, "the process that started the plugin is gone; the plugin ends")]
    public static partial void Orphaned(this ILogger logger);

    [LoggerMessage(23, LogLevel.Critical, "an exception that nobody caught; the plugin goes on without what failed")]
    public static partial void Unhandled(this ILogger logger, Exception exception);
}
