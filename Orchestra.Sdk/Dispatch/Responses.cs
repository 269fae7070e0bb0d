using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The answers that need no handler, for each kind of request what the protocol says.</summary>
internal static class Responses
{
    public static ToolResponse ToolError(string code, string message) =>
        new() { Success = false, ErrorCode = code, ErrorMessage = message };

    public static PluginResponse Registered() => new() { Register = new RegistrationResult { Accepted = true } };

    public static PluginResponse Booted() => new() { Boot = new BootResult { Ready = true } };

    public static PluginResponse ShutDown() => new() { Shutdown = new ShutdownResult { Clean = true } };

    public static PluginResponse Healthy() =>
        new() { Health = new HealthResult { Status = HealthResult.Types.Status.Healthy, Message = "ok" } };

    public static PluginResponse NoPrompts() => new() { ListPrompts = new ListPromptsResponse() };

    public static PluginResponse PromptNotFound(PromptGetRequest request) =>
        new() { PromptGet = new PromptGetResponse { Description = $"prompt {QuotedName.Of(request.PromptName)} not found" } };

    public static PluginResponse NothingStored() => new() { StorageRead = new StorageReadResponse() };

    public static PluginResponse NoStorage() =>
        new() { StorageWrite = new StorageWriteResponse { Success = false, Error = "no storage handler registered" } };

    public static PluginResponse NothingDeleted() => new() { StorageDelete = new StorageDeleteResponse { Success = false } };

    public static PluginResponse NothingListed() => new() { StorageList = new StorageListResponse() };

    public static PluginResponse StreamNotFound(StreamStart request) => new()
    {
        StreamEnd = new StreamEnd
        {
            StreamId = request.StreamId,
            Success = false,
            ErrorCode = ErrorCodes.ToolNotFound,
            ErrorMessage = $"streaming tool {QuotedName.Of(request.ToolName)} not found",
        },
    };

    public static PluginResponse Subscribed(Subscribe request) =>
        new() { EventDelivery = new EventDelivery { SubscriptionId = request.SubscriptionId, Topic = request.Topic } };

    public static PluginResponse Empty() => new();

    public static PluginResponse Unknown() =>
        new() { ToolCall = ToolError(ErrorCodes.UnknownRequest, "unrecognized request type") };

    public static PluginResponse Invalid(string reason) => new() { ToolCall = ToolError(ErrorCodes.InvalidRequest, reason) };
}
