using Google.Protobuf;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Generators;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Testing;

/// <summary>A plugin as a client of MCP sees it, within a test.</summary>
internal sealed class McpTestClientTests
{
    private const string Members = """
        /// <summary>Greets.</summary>
        [Tool(ReadOnly = true, Title = "Greet somebody")] public string Greet([Length(1, 3)] string name) => $"Hello, {name}!";
        /// <summary>Adds.</summary>
        [Tool] public int Add(int a, int b) => a + b;
        /// <summary>Waits.</summary>
        [Tool] public Task Wait(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        /// <summary>Asks.</summary>
        [Prompt] public string Ask(string topic) => $"What is {topic}?";
        """;

    [Test]
    public async Task Shows_tools_as_a_model_is_told_of_them()
    {
        await using ExportedPlugin plugin = CompiledPlugin.LoadBody(Members).Export();
        await using McpTestClient mcp = await plugin.ConnectMcpAsync().Guarded();

        McpEntry tool = (await mcp.ListToolsAsync().Guarded())[0];

        Assert.That(mcp.Server.GetProperty("serverInfo").GetProperty("name").GetString(), Is.EqualTo("test"));
        Assert.That((tool.Name, tool.Title, tool.Description), Is.EqualTo(("greet", "Greet somebody", "Greets.")));
        Assert.That(tool.Json.GetProperty("inputSchema").GetProperty("properties").GetProperty("name").GetProperty("maxLength").GetInt32(), Is.EqualTo(3));
        Assert.That(mcp.Lines[0], Does.StartWith("""> {"jsonrpc":"2.0","id":1,"method":"initialize",""").And.Not.Contains("\n"));
        Assert.That(mcp.Lines[1], Does.StartWith("< {"));
    }

    [Test]
    public async Task Calls_tools_and_reads_their_answers()
    {
        await using ExportedPlugin plugin = CompiledPlugin.LoadBody(Members).Export();
        await using McpTestClient mcp = await plugin.ConnectMcpAsync().Guarded();

        McpToolAnswer greeting = (await mcp.CallToolAsync("greet", ("name", "Ada")).Guarded()).EnsureSuccess();
        McpToolAnswer sum = await mcp.CallToolAsync("add", "{\"a\": 1,\n\"b\": 2}").Guarded();
        McpToolAnswer wrong = (await mcp.CallToolAsync("greet", ("name", "Grace")).Guarded()).EnsureError("invalid_arguments");

        Assert.That((greeting.Text, greeting.IsError), Is.EqualTo(("Hello, Ada!", false)));
        Assert.That(sum.Json.GetProperty("structuredContent").GetRawText(), Is.EqualTo("""{"data":3}"""));
        Assert.That((wrong.Text, wrong.IsError), Is.EqualTo(("invalid_arguments: arguments.name: expected 1 to 3 characters, got 5", true)));
        Assert.That(() => wrong.EnsureSuccess(), Throws.TypeOf<UnexpectedAnswerException>()
            .With.Message.EqualTo("tool \"greet\" has failed: invalid_arguments\n  arguments.name: expected 1 to 3 characters, got 5\ncalled with { \"name\": \"Grace\" }"));
        Assert.That(async () => await mcp.CallToolAsync("gret").Guarded(), Throws.TypeOf<McpErrorException>().With.Property("Code").EqualTo(-32602));
    }

    [Test]
    public async Task Takes_and_gives_typed_values() => Assert.That(
        await TypedCallHarness.RunAsync(
            "[Plugin(\"p\", ArgumentNames = NamingPolicy.SnakeCase)] public partial class P {" + """
                public sealed record Sum(int TotalSum);
                /// <summary>Adds.</summary>
                [Tool] public Sum Add(int firstNumber, int secondNumber) => new(firstNumber + secondNumber);
                /// <summary>Says.</summary>
                [Tool] public string Say(string text) => text;
                /// <summary>Asks.</summary>
                [Prompt] public string Ask(string someTopic) => $"What is {someTopic}?";
            }
            """,
            """
            await using McpTestClient mcp = await plugin.ConnectMcpAsync();
            McpToolAnswer sum = await mcp.CallToolAsync("add", new { firstNumber = 1, secondNumber = 2 });
            McpToolAnswer text = await mcp.CallToolAsync("say", new { text = "hi" });
            IReadOnlyList<McpMessage> messages = await mcp.GetPromptAsync("ask", new { someTopic = "love" });
            return $"{sum.ReadAs<P.Sum>()} {text.ReadAs<string>()} {messages[0].Role} {messages[0].Text}";
            """),
        Is.EqualTo("Sum { TotalSum = 3 } hi user What is love?"));

    [Test]
    public async Task Gets_prompts()
    {
        await using ExportedPlugin plugin = CompiledPlugin.LoadBody(Members).Export();
        await using McpTestClient mcp = await plugin.ConnectMcpAsync().Guarded();

        Assert.That((await mcp.ListPromptsAsync().Guarded()).Select(prompt => prompt.Name), Is.EqualTo(new[] { "ask" }));
        Assert.That((await mcp.GetPromptAsync("ask", ("topic", "love")).Guarded())[0].Text, Is.EqualTo("What is love?"));
        Assert.That(async () => await mcp.GetPromptAsync("ask").Guarded(), Throws.TypeOf<McpErrorException>().With.Message.Contains("topic"));
    }

    [Test]
    public async Task Reads_resources()
    {
        await using ExportedPlugin plugin = new PluginBuilder("tools.test").ProvidesStorage("notes").SetStorageHandler(new OneNote()).Export();
        await using McpTestClient mcp = await plugin.ConnectMcpAsync().Guarded();

        McpEntry entry = (await mcp.ListResourcesAsync().Guarded()).Single();
        McpContent content = await mcp.ReadResourceAsync(entry.Uri).Guarded();

        Assert.That((entry.Name, entry.Uri), Is.EqualTo(("1.md", "orchestra://notes/1.md")));
        Assert.That((content.MediaType, content.Text), Is.EqualTo(("text/markdown", "# Milk")));
    }

    [Test]
    public async Task Hears_of_tools_that_come_later()
    {
        await using ExportedPlugin plugin = new PluginBuilder("tools.test").Export();
        await using McpTestClient mcp = await plugin.ConnectMcpAsync().Guarded();
        plugin.Server.RegisterTool("late", "Comes late.", null, (_, _, _) => new(ToolResult.Text("ok")));

        while (mcp.Notifications.Count == 0)
        {
            await Task.Yield();
            await mcp.SendAsync("ping", "{}").Guarded();
        }

        Assert.That(mcp.Notifications[0].GetProperty("method").GetString(), Is.EqualTo("notifications/tools/list_changed"));
    }

    [Test]
    public async Task Cancels_a_call_at_the_plugin()
    {
        await using ExportedPlugin plugin = CompiledPlugin.LoadBody(Members).Export();
        await using McpTestClient mcp = await plugin.ConnectMcpAsync().Guarded();
        using var cancellation = new CancellationTokenSource();
        Task<McpToolAnswer> call = mcp.CallToolAsync("wait", "{}", cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That(async () => await call.Guarded(), Throws.InstanceOf<OperationCanceledException>());
        await mcp.SendAsync("ping", "{}").Guarded();
        Assert.That(mcp.Lines, Has.Some.Contains("notifications/cancelled"));
    }

    [Test]
    public async Task Fails_what_is_asked_when_the_plugin_has_stopped()
    {
        ExportedPlugin plugin = new PluginBuilder("tools.test").Export();
        McpTestClient mcp = await plugin.ConnectMcpAsync().Guarded();
        await plugin.DisposeAsync();

        Assert.That(async () => await mcp.SendAsync("ping", "{}").Guarded(), Throws.TypeOf<OrchestratorException>());
        await mcp.DisposeAsync();
    }

    private sealed class OneNote : IStorageHandler
    {
        public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
            new(new StorageReadResponse { Content = ByteString.CopyFromUtf8("# Milk"), Version = 1 });

        public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) =>
            new(new StorageListResponse { Entries = { new StorageEntry { Path = "1.md", Size = 6 } } });
    }
}
