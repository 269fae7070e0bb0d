using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk;

/// <summary>What contexts log for a plugin's code.</summary>
internal static partial class ContextLog
{
    [LoggerMessage(60, LogLevel.Debug, "tool {Tool}: {Progress} (request {RequestId})", SkipEnabledCheck = true)]
    public static partial void ToolProgressed(this ILogger logger, string tool, string? progress, string requestId);
}
