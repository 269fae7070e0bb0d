using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Client;

/// <summary>The typed methods: what each sends, and what it makes of the answer.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HelperTests
{
    private PluginRequest? _sent;
    private PluginResponse _answer = new();

    [Test]
    public async Task Calls_a_tool_with_a_struct()
    {
        _answer = new PluginResponse { ToolCall = new ToolResponse { Success = true } };
        var arguments = new Struct { Fields = { ["a"] = Value.ForNumber(1) } };

        ToolResponse response = await (await ConnectAsync()).CallToolAsync("add", arguments);

        Assert.That(response.Success, Is.True);
        Assert.That(_sent!.ToolCall, Is.EqualTo(new ToolRequest { ToolName = "add", Arguments = arguments, CallerPlugin = "tools.test" }));
    }

    [Test]
    public async Task Calls_a_tool_with_json()
    {
        _answer = new PluginResponse { ToolCall = new ToolResponse() };
        await (await ConnectAsync()).CallToolAsync("add", """{"a":[1,"x",null]}""");
        Assert.That(Arguments(), Is.EqualTo("""{ "a": [ 1, "x", null ] }"""));
    }

    [Test]
    public async Task Calls_a_tool_with_net_values()
    {
        _answer = new PluginResponse { ToolCall = new ToolResponse() };
        await (await ConnectAsync()).CallToolAsync("add", new Dictionary<string, object?>
        {
            ["none"] = null,
            ["text"] = "x",
            ["yes"] = true,
            ["count"] = 3,
            ["large"] = long.MaxValue,
            ["day"] = new DateOnly(2026, 10, 3),
            ["bytes"] = new byte[] { 1, 2, 3 },
            ["list"] = new[] { 1, 2 },
            ["nested"] = new Dictionary<string, object?> { ["a"] = new List<string> { "b" } },
            ["texts"] = new Dictionary<string, string> { ["a"] = "b" },
        });
        Assert.That(Arguments(), Is.EqualTo(
            """{ "none": null, "text": "x", "yes": true, "count": 3, "large": "9223372036854775807", "day": "2026-10-03", "bytes": "AQID",""" +
            """ "list": [ 1, 2 ], "nested": { "a": [ "b" ] }, "texts": { "a": "b" } }"""));
    }

    [Test]
    public async Task Says_which_value_cannot_be_sent()
    {
        OrchestratorClient client = await ConnectAsync();
        var cycle = new List<object?>();
        cycle.Add(cycle);
        Assert.That(
            async () => await client.CallToolAsync("add", new Dictionary<string, object?> { ["a"] = new object?[] { 1, new Version(1, 2) } }),
            Throws.ArgumentException.With.Message.StartsWith("a[1] is a System.Version, which cannot be sent"));
        Assert.That(
            async () => await client.CallToolAsync("add", new Dictionary<string, object?> { ["a"] = cycle }),
            Throws.ArgumentException.With.Message.EndsWith("is nested more than 128 levels deep"));
        Assert.That(_sent, Is.Null);
    }

    [Test]
    public async Task Lists_tools()
    {
        _answer = new PluginResponse { ListTools = TestPlugin.Tools };
        Assert.That(await (await ConnectAsync()).ListToolsAsync(), Is.EqualTo(TestPlugin.Tools.Tools));
    }

    [Test]
    public async Task Lists_prompts()
    {
        _answer = new PluginResponse { ListPrompts = new ListPromptsResponse { Prompts = { new PromptDefinition { Name = "review" } } } };
        Assert.That((await (await ConnectAsync()).ListPromptsAsync()).Single().Name, Is.EqualTo("review"));
    }

    [Test]
    public async Task Gets_a_prompt()
    {
        _answer = new PluginResponse { PromptGet = new PromptGetResponse { Description = "d" } };
        PromptGetResponse prompt = await (await ConnectAsync()).GetPromptAsync("review", new Dictionary<string, string> { ["code"] = "x" });
        Assert.That(prompt.Description, Is.EqualTo("d"));
        Assert.That(_sent!.PromptGet, Is.EqualTo(new PromptGetRequest { PromptName = "review", Arguments = { ["code"] = "x" } }));
    }

    [Test]
    public async Task Reads_storage()
    {
        _answer = new PluginResponse { StorageRead = new StorageReadResponse { Version = 7 } };
        Assert.That((await (await ConnectAsync()).ReadStorageAsync("a/b", "notes")).Version, Is.EqualTo(7));
        Assert.That(_sent!.StorageRead, Is.EqualTo(new StorageReadRequest { Path = "a/b", StorageType = "notes" }));
    }

    [Test]
    public async Task Writes_storage()
    {
        _answer = new PluginResponse { StorageWrite = new StorageWriteResponse { Error = "version conflict" } };
        var metadata = new Struct();
        StorageWriteResponse written = await (await ConnectAsync()).WriteStorageAsync("a", new byte[] { 1, 2 }, 3, metadata, "notes");
        Assert.That(written.Error, Is.EqualTo("version conflict"));
        Assert.That(_sent!.StorageWrite, Is.EqualTo(new StorageWriteRequest
        {
            Path = "a",
            Content = ByteString.CopyFrom(1, 2),
            ExpectedVersion = 3,
            Metadata = metadata,
            StorageType = "notes",
        }));
    }

    [Test]
    public async Task Deletes_from_storage()
    {
        _answer = new PluginResponse { StorageDelete = new StorageDeleteResponse { Success = true } };
        Assert.That(await (await ConnectAsync()).DeleteStorageAsync("a"), Is.True);
        Assert.That(_sent!.StorageDelete, Is.EqualTo(new StorageDeleteRequest { Path = "a" }));
    }

    [Test]
    public async Task Lists_storage()
    {
        _answer = new PluginResponse { StorageList = new StorageListResponse { Entries = { new StorageEntry { Path = "a" } } } };
        Assert.That((await (await ConnectAsync()).ListStorageAsync("p", "*.md")).Single().Path, Is.EqualTo("a"));
        Assert.That(_sent!.StorageList, Is.EqualTo(new StorageListRequest { Prefix = "p", Pattern = "*.md" }));
    }

    [Test]
    public async Task Publishes_an_event()
    {
        var payload = new Struct();
        await (await ConnectAsync()).PublishAsync("feature", "updated", payload);
        Assert.That(_sent!.Publish, Is.EqualTo(
            new Publish { Topic = "feature", EventType = "updated", Payload = payload, SourcePlugin = "tools.test" }));
    }

    [Test]
    public async Task Subscribes_with_a_new_id_and_unsubscribes()
    {
        OrchestratorClient client = await ConnectAsync();
        _answer = new PluginResponse { EventDelivery = new EventDelivery() };
        string id = await client.SubscribeAsync("feature", new Dictionary<string, string> { ["kind"] = "bug" });
        Assert.That(_sent!.Subscribe, Is.EqualTo(new Subscribe { SubscriptionId = id, Topic = "feature", Filters = { ["kind"] = "bug" } }));
        Assert.That(Guid.Parse(id).Version, Is.EqualTo(7));

        _answer = new PluginResponse();
        await client.UnsubscribeAsync(id);
        Assert.That(_sent!.Unsubscribe.SubscriptionId, Is.EqualTo(id));
    }

    [Test]
    public async Task Asks_for_health()
    {
        _answer = new PluginResponse { Health = new HealthResult { Message = "ok" } };
        Assert.That((await (await ConnectAsync()).HealthAsync()).Message, Is.EqualTo("ok"));
    }

    [Test]
    public async Task Says_that_a_request_was_refused()
    {
        _answer = new PluginResponse { ToolCall = new ToolResponse { ErrorCode = "unknown_request", ErrorMessage = "unrecognized request type" } };
        OrchestratorClient client = await ConnectAsync();
        Assert.That(
            async () => await client.PublishAsync("a", "b"),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                "publish was refused by peer:1: unrecognized request type (unknown_request)"));
    }

    [Test]
    public async Task Says_that_the_answer_is_of_another_kind()
    {
        _answer = new PluginResponse { Health = new HealthResult() };
        OrchestratorClient client = await ConnectAsync();
        Assert.That(
            async () => await client.CallToolAsync("a"),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                "tool_call was answered by peer:1 with the response to another request, Health"));
    }

    /// <summary>A client of a plugin that is registered.</summary>
    private async Task<OrchestratorClient> ConnectAsync()
    {
        var transport = MemoryTransport.Answering(request =>
        {
            if (request.RequestCase == PluginRequest.RequestOneofCase.Register)
            {
                return new PluginResponse { Register = new RegistrationResult { Accepted = true } };
            }

            _sent = request;
            return _answer;
        });
        return await OrchestratorClient.ConnectAsync(
            "peer:1",
            _ => Task.FromResult<ClientTransport>(transport),
            new OrchestratorClientOptions { Registration = TestPlugin.Manifest, Reconnect = false },
            default);
    }

    private string Arguments() => JsonFormatter.Default.Format(_sent!.ToolCall.Arguments);
}
