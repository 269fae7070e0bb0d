using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;
using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>What each kind of request needs, and what is answered where it is refused.</summary>
internal sealed class RequestTableTests
{
    private static readonly ToolResponse Why = Responses.ToolError("shutting_down", "the plugin is shutting down");

    private static readonly Dictionary<RequestKind, Admission> Admissions = new()
    {
        [RequestKind.Register] = Admission.Management,
        [RequestKind.Boot] = Admission.Management,
        [RequestKind.Shutdown] = Admission.Management,
        [RequestKind.Health] = Admission.Open,
        [RequestKind.ToolCall] = Admission.Call,
        [RequestKind.ListTools] = Admission.Open,
        [RequestKind.ListPrompts] = Admission.Open,
        [RequestKind.PromptGet] = Admission.Call,
        [RequestKind.StorageRead] = Admission.Call,
        [RequestKind.StorageWrite] = Admission.Call,
        [RequestKind.StorageDelete] = Admission.Call,
        [RequestKind.StorageList] = Admission.Call,
        [RequestKind.StreamStart] = Admission.ImmediateCall,
        [RequestKind.StreamCancel] = Admission.Open,
        [RequestKind.Subscribe] = Admission.Open,
        [RequestKind.Unsubscribe] = Admission.Open,
        [RequestKind.Publish] = Admission.Call,
    };

    private static readonly RequestTable Table = CreateTable();

    private static IEnumerable<RequestKind> Kinds =>
        PluginRequest.Descriptor.Oneofs.Single().Fields.Select(kind => (RequestKind)kind.FieldNumber);

    [TestCaseSource(nameof(Kinds))]
    public void Says_what_a_kind_needs(RequestKind kind) => Assert.That(Table.For(kind).Admission, Is.EqualTo(Admissions[kind]));

    [Test]
    public void Lets_everybody_ask_what_is_not_known() => Assert.That(Table.For(RequestKind.None).Admission, Is.EqualTo(Admission.Open));

    [TestCaseSource(nameof(Kinds))]
    public void Tells_why_a_request_was_refused_in_the_words_that_its_kind_has(RequestKind kind)
    {
        var request = new PluginRequest { StreamStart = new StreamStart { StreamId = "s1" } };
        PluginResponse expected = kind switch
        {
            RequestKind.Register => new() { Register = new() { RejectReason = Why.ErrorMessage } },
            RequestKind.Boot => new() { Boot = new() { Error = Why.ErrorMessage } },
            RequestKind.Shutdown => new() { Shutdown = new() { Clean = false } },
            RequestKind.StreamStart => new()
            {
                StreamEnd = new() { StreamId = "s1", ErrorCode = Why.ErrorCode, ErrorMessage = Why.ErrorMessage },
            },
            _ => new() { ToolCall = Why },
        };

        Assert.That(Table.For(kind).Refusal(request, Why), Is.EqualTo(expected));
    }

    private static RequestTable CreateTable()
    {
        var plugin = PluginInstance.Of(new TestPlugin());
        var environment = new PluginEnvironment(new PluginServerOptions(), NullLogger.Instance);
        var calls = new CallGate(1, new CancellationTokenSource(), TimeProvider.System);
        var events = new EventHub(environment, default);
        return new RequestTable(
            plugin,
            environment,
            events,
            new LifecycleCaller(plugin, environment, calls, events),
            new RegistrationCaller(environment));
    }
}
