using Orchestra.Sdk.Messages;
using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;

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

    /// <summary>A stream that is not started ends; to every other call this is the answer, as to an unknown request.</summary>
    public static PluginResponse Refused(PluginRequest request, ToolResponse refusal) =>
        request.RequestCase == RequestKind.StreamStart
            ? StreamEnded(request.StreamStart.StreamId, refusal, chunks: 0)
            : new PluginResponse { ToolCall = refusal };

    /// <summary>To a peer that may not manage the plugin. A shutdown has no words for it.</summary>
    public static PluginResponse ManagementRefused(RequestKind kind, string why) => kind switch
    {
        RequestKind.Boot => new PluginResponse { Boot = new BootResult { Ready = false, Error = why } },
        RequestKind.Shutdown => new PluginResponse { Shutdown = new ShutdownResult { Clean = false } },
        _ => new PluginResponse { Register = new RegistrationResult { Accepted = false, RejectReason = why } },
    };

    public static PluginResponse Empty() => new();

    public static PluginResponse Unknown() =>
        new() { ToolCall = ToolError(ErrorCodes.UnknownRequest, "unrecognized request type") };

    public static PluginResponse Invalid(string reason) => new() { ToolCall = ToolError(ErrorCodes.InvalidRequest, reason) };

    public static PluginResponse Overloaded(string reason) => new() { ToolCall = ToolError(ErrorCodes.Overloaded, reason) };
}
