using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>What a plugin that has tools only answers to each kind of request.</summary>
public class RequestKindTests
{
    private static readonly ToolResponse Done = ToolResult.Text("done").ToResponse();

    private static readonly (PluginRequest Request, PluginResponse? Response)[] Table =
    [
        (new() { Register = new() { Id = "orchestrator" } }, new() { Register = new() { Accepted = true } }),
        (new() { Boot = new() { Config = { ["key"] = "value" } } }, new() { Boot = new() { Ready = true } }),
        (new() { Shutdown = new() { TimeoutSeconds = 5 } }, new() { Shutdown = new() { Clean = true } }),
        (new() { Health = new() }, new() { Health = new() { Status = HealthResult.Types.Status.Healthy, Message = "ok" } }),
        (new() { ToolCall = new() { ToolName = "tool" } }, new() { ToolCall = Done }),
        (new() { ToolCall = new() { ToolName = "other" } }, new()
        {
            ToolCall = new() { ErrorCode = "tool_not_found", ErrorMessage = "tool \"other\" not found" },
        }),
        (new() { ListTools = new() }, new() { ListTools = TestPlugin.Tools }),
        (new() { ListPrompts = new() }, new() { ListPrompts = new() }),
        (new() { PromptGet = new() { PromptName = "review" } }, new()
        {
            PromptGet = new() { Description = "prompt \"review\" not found" },
        }),
        (new() { StorageRead = new() { Path = "a" } }, new() { StorageRead = new() }),
        (new() { StorageWrite = new() { Path = "a" } }, new()
        {
            StorageWrite = new() { Success = false, Error = "no storage handler registered" },
        }),
        (new() { StorageDelete = new() { Path = "a" } }, new() { StorageDelete = new() { Success = false } }),
        (new() { StorageList = new() { Prefix = "a" } }, new() { StorageList = new() }),
        (new() { StreamStart = new() { StreamId = "s1", ToolName = "count" } }, new()
        {
            StreamEnd = new()
            {
                StreamId = "s1", ErrorCode = "tool_not_found", ErrorMessage = "streaming tool \"count\" not found",
            },
        }),
        (new() { StreamCancel = new() { StreamId = "s1" } }, null),
        (new() { Subscribe = new() { SubscriptionId = "e1", Topic = "t", Filters = { ["a"] = "b" } } }, new()
        {
            EventDelivery = new() { SubscriptionId = "e1", Topic = "t" },
        }),
        (new() { Unsubscribe = new() { SubscriptionId = "e1" } }, new()),
        (new() { Publish = new() { Topic = "t", Payload = new Struct() } }, new()),
        (new(), new() { ToolCall = new() { ErrorCode = "unknown_request", ErrorMessage = "unrecognized request type" } }),
    ];

    private static IEnumerable<TestCaseData> Cases =>
        Table.Select((row, index) => new TestCaseData(row.Request, row.Response)
            .SetArgDisplayNames(row.Request.RequestCase.ToString(), index.ToString("00", null)));

    [TestCaseSource(nameof(Cases))]
    public async Task Gets_its_answer(PluginRequest request, PluginResponse? expected)
    {
        request.RequestId = "id-1";
        var exchange = new MemoryExchange(request);
        var plugin = PluginInstance.Of(new TestPlugin((_, _, _) => new(Done)));
        PeerHandler handler = Handlers.Of(plugin, NullLogger.Instance);

        await handler.HandleAsync(exchange).Guarded();

        List<PluginResponse> expectedAll = [];
        if (expected is not null)
        {
            expected.RequestId = "id-1";
            expectedAll.Add(expected);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await exchange.ResponsesAsync(), Is.EqualTo(expectedAll));
            Assert.That(exchange.Completed, Is.True, "the end of the stream is sent");
            Assert.That(exchange.Writes, Is.EqualTo(1), "the end goes with the answer");
            Assert.That(exchange.Aborted, Is.False);
        }
    }

    [TestCase("tools.known", true, "")]
    [TestCase("tools.other", false, "it is not known")]
    public async Task Lets_an_orchestrator_decide_who_registers(string id, bool accepted, string reason)
    {
        await using PluginServer server = PluginServer.Create(new TestPlugin());
        server.SetRegistrationHandler((manifest, _, _) => manifest.Id == "tools.known"
            ? ValueTask.FromResult(new RegistrationResult { Accepted = true })
            : throw new InvalidOperationException("it is not known"));
        string address = (await server.ListenTcpAsync("localhost:0")).ToString();
        await using OrchestratorClient client = await OrchestratorClient.ConnectTcpAsync(address);

        PluginResponse response = await client.SendAsync(new PluginRequest { Register = new PluginManifest { Id = id } }).Guarded();

        Assert.That(response.Register, Is.EqualTo(new RegistrationResult { Accepted = accepted, RejectReason = reason }));
    }

    [Test]
    public void Table_has_every_kind()
    {
        OneofDescriptor kinds = PluginRequest.Descriptor.Oneofs.Single();
        Assert.That(
            Table.Select(row => (int)row.Request.RequestCase).Where(kind => kind != 0).Distinct(),
            Is.EquivalentTo(kinds.Fields.Select(field => field.FieldNumber)));
    }
}
