using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>What the server logs.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Error, "tool {Tool} failed (request {RequestId})")]
    public static partial void ToolFailed(this ILogger logger, Exception exception, string tool, string requestId);

    [LoggerMessage(2, LogLevel.Warning, "{What}: the result does not fit a message: {Reason} (request {RequestId})")]
    public static partial void ResultTooLarge(this ILogger logger, string what, string reason, string requestId);

    [LoggerMessage(3, LogLevel.Warning, "a peer sent what is no request: {Reason}")]
    public static partial void BadRequest(this ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Warning, "a peer took longer than {Timeout} to send its request; it was cut off")]
    public static partial void RequestTimedOut(this ILogger logger, TimeSpan timeout);

    [LoggerMessage(5, LogLevel.Warning, "a peer took longer than {Timeout} to read its response; it was cut off")]
    public static partial void ResponseTimedOut(this ILogger logger, TimeSpan timeout);

    [LoggerMessage(6, LogLevel.Debug, "the connection to a peer was lost: {Reason}")]
    public static partial void PeerLost(this ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Error, "an exchange failed")]
    public static partial void ExchangeFailed(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "accepting a connection failed: {Reason}; trying again")]
    public static partial void AcceptFailed(this ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Warning, "{Count} connections did not end in time and were cut off")]
    public static partial void CutOff(this ILogger logger, int count);

    [LoggerMessage(10, LogLevel.Error, "prompt {Prompt} failed (request {RequestId})")]
    public static partial void PromptFailed(this ILogger logger, Exception exception, string prompt, string requestId);

    [LoggerMessage(11, LogLevel.Error, "the storage handler failed: {Kind} (request {RequestId})")]
    public static partial void StorageFailed(
        this ILogger logger, Exception exception, PluginRequest.RequestOneofCase kind, string requestId);

    [LoggerMessage(12, LogLevel.Error, "the {Hook} of the plugin failed")]
    public static partial void HookFailed(this ILogger logger, Exception exception, string hook);

    [LoggerMessage(13, LogLevel.Error, "the handler of an event of topic {Topic} failed")]
    public static partial void EventFailed(this ILogger logger, Exception exception, string topic);

    [LoggerMessage(14, LogLevel.Warning, "an event of topic {Topic} has a payload that its handler does not take: {Reason}")]
    public static partial void EventRejected(this ILogger logger, string topic, string reason);

    [LoggerMessage(15, LogLevel.Warning, "a request was refused: {Reason}")]
    public static partial void Refused(this ILogger logger, string reason);

    [LoggerMessage(16, LogLevel.Warning, "{Kind} was refused: {Reason}")]
    public static partial void ManagementRefused(this ILogger logger, PluginRequest.RequestOneofCase kind, string reason);

    [LoggerMessage(17, LogLevel.Warning, "{Count} lines like the next one were left out: peers gave cause for too many")]
    public static partial void LinesLeftOut(this ILogger logger, long count);

    [LoggerMessage(18, LogLevel.Error, "a connection was given up")]
    public static partial void ConnectionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(30, LogLevel.Error, "a fault of the SDK ended a QUIC connection; others go on. Please report it")]
    public static partial void QuicFault(this ILogger logger, Exception exception);
}
