using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Mcp;

/// <summary>What is logged of an MCP client.</summary>
internal static partial class McpLog
{
    [LoggerMessage(80, LogLevel.Warning, "the MCP client sent what is no message: {Reason}")]
    public static partial void BadMessage(this ILogger logger, string reason);

    [LoggerMessage(81, LogLevel.Error, "{Method} failed (request {RequestId})")]
    public static partial void MethodFailed(this ILogger logger, Exception exception, string method, string requestId);

    [LoggerMessage(82, LogLevel.Error, "reading from the MCP client failed")]
    public static partial void ReadingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(83, LogLevel.Warning, "some requests of the MCP client did not end in time and were given up")]
    public static partial void RequestsGivenUp(this ILogger logger);
}
