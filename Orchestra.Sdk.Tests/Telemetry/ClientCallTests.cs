using System.Diagnostics;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Telemetry;

/// <summary>What the client traces and measures of its requests.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ClientCallTests : IDisposable
{
    private readonly Activity _outer = new Activity("outer").SetIdFormat(ActivityIdFormat.W3C);
    private ToolResponse _answer = new() { Success = true };
    private PluginRequest? _sent;

    public void Dispose() => _outer.Dispose();

    [Test]
    public async Task Carries_its_own_span_to_the_peer()
    {
        using var recording = new Recording();
        _outer.Start();

        await CallAsync();

        Activity activity = recording.Activities.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_sent!.ToolCall.TraceParent, Is.EqualTo(activity.Id));
            Assert.That(_sent.ToolCall.ToolName, Is.EqualTo("greet"), "the rest of the call is as it was");
            Assert.That(activity.ParentId, Is.EqualTo(_outer.Id));
            Assert.That(activity.Kind, Is.EqualTo(ActivityKind.Client));
            Assert.That(activity.DisplayName, Is.EqualTo("tool_call greet"));
            Assert.That(activity.GetTagItem("server.address"), Is.EqualTo("peer"));
            Assert.That(activity.GetTagItem("server.port"), Is.EqualTo(1));
            Assert.That(Activity.Current, Is.EqualTo(_outer));
        }
    }

    [Test]
    public async Task Tells_where_a_peer_without_a_port_is()
    {
        using var recording = new Recording();
        await using ExportedPlugin plugin = ExportedPlugin.For(new TestPlugin());

        await plugin.CallToolAsync("tool").Guarded();

        Activity activity = recording.Activities.Single(activity => activity.Kind == ActivityKind.Client);
        Assert.That((activity.GetTagItem("server.address"), activity.GetTagItem("server.port")), Is.EqualTo(("tools.test in this process", (object?)null)));
    }

    [Test]
    public async Task Carries_on_the_current_trace_while_nobody_listens()
    {
        _outer.Start();
        await CallAsync();
        Assert.That(_sent!.ToolCall.TraceParent, Is.EqualTo(_outer.Id));
    }

    [Test]
    public async Task Carries_nothing_where_there_is_no_trace()
    {
        await CallAsync();
        Assert.That(_sent!.ToolCall.TraceParent, Is.Empty);
    }

    [Test]
    public async Task Keeps_a_trace_parent_that_the_caller_chose()
    {
        _outer.Start();
        await CallAsync(new ToolRequest { ToolName = "greet", TraceParent = "mine" });
        Assert.That(_sent!.ToolCall.TraceParent, Is.EqualTo("mine"));
    }

    [Test]
    public async Task Measures_how_long_an_answer_took()
    {
        using var recording = new Recording();
        _answer = new ToolResponse { ErrorCode = "busy", ErrorMessage = "later" };

        await CallAsync();

        Assert.That(recording.Of("rpc.client.call.duration").Single().Tags, Is.EqualTo(new Dictionary<string, object?>
        {
            ["rpc.system.name"] = "orchestra",
            ["rpc.method"] = "tool_call",
            ["gen_ai.tool.name"] = "greet",
            ["error.type"] = "busy",
        }));
        Assert.That(recording.Activities.Single().Status, Is.EqualTo(ActivityStatusCode.Error));
    }

    [Test]
    public async Task Makes_no_tag_of_a_name_that_no_tool_has()
    {
        using var recording = new Recording();
        _answer = new ToolResponse { ErrorCode = "tool_not_found" };

        await CallAsync();

        Assert.That(recording.Of("rpc.client.call.duration").Single().Tags.Keys, Has.No.Member("gen_ai.tool.name"));
    }

    [Test]
    public async Task Tells_of_a_request_that_failed_on_its_way()
    {
        using var recording = new Recording();
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", new MemoryTransport(static _ => []));

        Assert.That(async () => await client.HealthAsync(), Throws.TypeOf<OrchestratorException>());

        Measured measured = recording.Of("rpc.client.call.duration").Single();
        Assert.That(measured.Tags["rpc.method"], Is.EqualTo("health"));
        Assert.That(measured.Tags["error.type"], Is.EqualTo("Orchestra.Sdk.OrchestratorException"));
    }

    [Test]
    public async Task Counts_the_requests_in_flight()
    {
        using var recording = new Recording();
        double before = recording.Observe("orchestra.client.active_calls");
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", new MemoryTransport(static _ => null));
        using var cancel = new CancellationTokenSource();
        Task call = client.HealthAsync(cancel.Token);
        Assert.That(recording.Observe("orchestra.client.active_calls"), Is.EqualTo(before + 1));

        await cancel.CancelAsync();

        Assert.That(async () => await call.Guarded(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(recording.Observe("orchestra.client.active_calls"), Is.EqualTo(before));
    }

    [Test]
    public async Task Counts_bytes_each_way()
    {
        using var recording = new Recording();
        var request = new PluginRequest { RequestId = "id-1", ListTools = new ListToolsRequest() };
        var response = new PluginResponse { RequestId = "id-1", ListTools = TestPlugin.Tools };
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", MemoryTransport.Answering(_ => response));

        await client.ListToolsAsync();

        Assert.That(
            recording.Of("orchestra.network.io").Select(static measured => (measured.Tags["network.io.direction"], (int)measured.Value)),
            Is.EqualTo(new (object?, int)[]
            {
                ("transmit", MessageFraming.HeaderSize + request.CalculateSize() + 32),
                ("receive", MessageFraming.HeaderSize + response.CalculateSize()),
            }),
            "the id is a UUID");
    }

    [Test]
    public async Task Takes_a_stream_for_one_call()
    {
        using var recording = new Recording();
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", MemoryTransport.Answering(
            static _ => new PluginResponse { StreamEnd = new StreamEnd { Success = true } }));

        await foreach (StreamChunk chunk in client.StreamToolAsync("count"))
        {
            Assert.Fail("there are none");
        }

        Assert.That(recording.Activities.Single().DisplayName, Is.EqualTo("stream_start count"));
        Assert.That(recording.Of("rpc.client.call.duration"), Has.Length.EqualTo(1));
    }

    private async Task CallAsync(ToolRequest? call = null)
    {
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", MemoryTransport.Answering(request =>
        {
            _sent = request;
            return new PluginResponse { ToolCall = _answer };
        }));
        await client.SendAsync(new PluginRequest { ToolCall = call ?? new ToolRequest { ToolName = "greet" } });
    }
}
