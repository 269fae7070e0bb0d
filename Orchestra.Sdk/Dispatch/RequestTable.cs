using Orchestra.Sdk.Messages;
using static Orchestra.Sdk.Dispatch.Admission;
using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// What is done with each kind of request: what it needs, who answers it, and what the answer is where it is refused. All that depends
/// on the kind is here.
/// </summary>
internal sealed class RequestTable
{
    private readonly RequestRule _unknown = new(Open, (_, _) => new(Responses.Unknown()), Responses.Refused);
    private readonly Dictionary<RequestKind, RequestRule> _rules;
    private readonly ToolCaller _tools;

    public RequestTable(
        PluginInstance plugin,
        PluginEnvironment environment,
        EventHub events,
        LifecycleCaller lifecycle,
        RegistrationCaller registration)
    {
        var members = new MemberLists(plugin);
        var prompts = new PromptReader(plugin, environment);
        var storage = new StorageCaller(plugin, environment);
        ToolCaller tools = _tools = new ToolCaller(plugin, environment);
        var streams = new ToolStreamer(tools);
        var health = new HealthChecker(plugin, environment);

        _rules = new Dictionary<RequestKind, RequestRule>
        {
            [RequestKind.ListTools] = new(Open, members.ListToolsAsync, Responses.Refused),
            [RequestKind.ListPrompts] = new(Open, members.ListPromptsAsync, Responses.Refused),

            [RequestKind.ToolCall] = new(Call, tools.AnswerAsync, Responses.Refused),
            [RequestKind.StreamStart] = new(ImmediateCall, streams.AnswerAsync, Responses.StreamRefused),
            [RequestKind.StreamCancel] = new(Open, ToolStreamer.CancelAsync, Responses.Refused),
            [RequestKind.PromptGet] = new(Call, prompts.AnswerAsync, Responses.Refused),

            [RequestKind.StorageRead] = new(Call, storage.ReadAsync, Responses.Refused),
            [RequestKind.StorageWrite] = new(Call, storage.WriteAsync, Responses.Refused),
            [RequestKind.StorageDelete] = new(Call, storage.DeleteAsync, Responses.Refused),
            [RequestKind.StorageList] = new(Call, storage.ListAsync, Responses.Refused),

            // A plugin has no way to deliver to a peer: its subscriptions are those of its own code.
            [RequestKind.Subscribe] = new(Open, (request, _) => new(Responses.Subscribed(request.Message.Subscribe)), Responses.Refused),
            [RequestKind.Unsubscribe] = new(Open, (_, _) => new(Responses.Empty()), Responses.Refused),
            [RequestKind.Publish] = new(Call, events.AnswerAsync, Responses.Refused),

            [RequestKind.Register] = new(Management, registration.AnswerAsync, Responses.RegistrationRefused),
            [RequestKind.Boot] = new(Management, lifecycle.BootAsync, Responses.BootRefused),
            [RequestKind.Shutdown] = new(Management, lifecycle.ShutDownAsync, Responses.ShutdownRefused),
            [RequestKind.Health] = new(Open, health.AnswerAsync, Responses.Refused),
        };
    }

    public RequestRule For(RequestKind kind) => _rules.GetValueOrDefault(kind, _unknown);

    /// <summary>Whether a request may be answered on the thread that receives: nobody's code is called that might keep it.</summary>
    public bool IsQuick(PluginRequest request) => request.RequestCase switch
    {
        RequestKind.ListTools or RequestKind.ListPrompts => true,
        RequestKind.ToolCall => _tools.IsQuick(request.ToolCall.ToolName),
        _ => false,
    };
}
