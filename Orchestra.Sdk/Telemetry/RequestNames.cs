using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;

namespace Orchestra.Sdk.Telemetry;

/// <summary>The protocol's names of its requests.</summary>
internal static class RequestNames
{
    public const string ToolCall = "tool_call";
    public const string StreamStart = "stream_start";

    public static string Of(RequestKind kind) => kind switch
    {
        RequestKind.Register => "register",
        RequestKind.Boot => "boot",
        RequestKind.Shutdown => "shutdown",
        RequestKind.Health => "health",
        RequestKind.ToolCall => ToolCall,
        RequestKind.ListTools => "list_tools",
        RequestKind.ListPrompts => "list_prompts",
        RequestKind.PromptGet => "prompt_get",
        RequestKind.StorageRead => "storage_read",
        RequestKind.StorageWrite => "storage_write",
        RequestKind.StorageDelete => "storage_delete",
        RequestKind.StorageList => "storage_list",
        RequestKind.StreamStart => StreamStart,
        RequestKind.StreamCancel => "stream_cancel",
        RequestKind.Subscribe => "subscribe",
        RequestKind.Unsubscribe => "unsubscribe",
        RequestKind.Publish => "publish",
        _ => Tags.Other,
    };
}
