using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The answers that need no handler, for each kind of request what the protocol says.</summary>
internal static class Responses
{
    public static ToolResponse ToolError(string code, string message) =>
        new() { Success = false, ErrorCode = code, ErrorMessage = message };

    public static PluginResponse Registered() => new() { Register = new RegistrationResult { Accepted = true } };

    public static PluginResponse Subscribed(Subscribe request) =>
        new() { EventDelivery = new EventDelivery { SubscriptionId = request.SubscriptionId, Topic = request.Topic } };

    public static PluginResponse StreamEnded(string streamId, ToolResponse outcome, long chunks) => new()
    {
        StreamEnd = new StreamEnd
        {
            StreamId = streamId,
            Success = outcome.Success,
            ErrorCode = outcome.ErrorCode,
            ErrorMessage = outcome.ErrorMessage,
            TotalChunks = chunks,
        },
    };

    /// <summary>To whatever has no better words for it, as to an unknown request.</summary>
    public static PluginResponse Refused(PluginRequest request, ToolResponse why) => new() { ToolCall = why };

    /// <summary>A stream that is not started ends.</summary>
    public static PluginResponse StreamRefused(PluginRequest request, ToolResponse why) =>
        StreamEnded(request.StreamStart.StreamId, why, chunks: 0);

    public static PluginResponse RegistrationRefused(PluginRequest request, ToolResponse why) =>
        new() { Register = new RegistrationResult { Accepted = false, RejectReason = why.ErrorMessage } };

    public static PluginResponse BootRefused(PluginRequest request, ToolResponse why) =>
        new() { Boot = new BootResult { Ready = false, Error = why.ErrorMessage } };

    /// <summary>It has no words for the reason.</summary>
    public static PluginResponse ShutdownRefused(PluginRequest request, ToolResponse why) =>
        new() { Shutdown = new ShutdownResult { Clean = false } };

    public static PluginResponse Empty() => new();

    public static PluginResponse Unknown() =>
        new() { ToolCall = ToolError(ErrorCodes.UnknownRequest, "unrecognized request type") };

    public static PluginResponse Invalid(string reason) => new() { ToolCall = ToolError(ErrorCodes.InvalidRequest, reason) };

    public static PluginResponse Overloaded(string reason) => new() { ToolCall = ToolError(ErrorCodes.Overloaded, reason) };
}
