using System.Text.Json.Nodes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>Tools and prompts that are registered while a client is there.</summary>
internal sealed class ListChangesTests
{
    private const string ToolsChanged = """{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{}}""";

    private ExportedPlugin _plugin = null!;

    [SetUp]
    public void Begin() => _plugin = TestServers.Echo();

    [TearDown]
    public async Task End() => await _plugin.DisposeAsync();

    [Test]
    public async Task A_legacy_client_hears_of_them_and_finds_them_in_the_list()
    {
        await using McpClient client = await McpClient.BeginAsync(_plugin.Server);
        await client.AskAsync(McpClient.Request("ping"));
        AddTool("second");
        Assert.That(await client.ReadAsync(), Is.EqualTo(ToolsChanged));
        await client.SendAsync(McpClient.Request("tools/list"));
        Assert.That((string?)await client.ReadAsync("result", "tools", "1", "name"), Is.EqualTo("second"));

        _plugin.Server.RegisterPrompt(new PromptDefinition { Name = "ask" }, static (_, _, _) => default);
        Assert.That((string?)await client.ReadAsync("method"), Is.EqualTo("notifications/prompts/list_changed"));
        await client.SendAsync(McpClient.Request("prompts/list"));
        Assert.That((string?)await client.ReadAsync("result", "prompts", "0", "name"), Is.EqualTo("ask"));
    }

    [Test]
    public async Task A_legacy_client_hears_nothing_before_it_has_begun()
    {
        await using var client = new McpClient(_plugin.Server);
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Assert.That(await client.AskAsync(McpClient.Request("ping")), Does.Contain("result"));
        AddTool("second");
        Assert.That(await client.AskAsync(McpClient.Request("ping")), Does.Contain("result"));
    }

    [Test]
    public async Task A_modern_client_hears_of_what_it_listens_to()
    {
        await using var client = new McpClient(_plugin.Server);
        Assert.That(await client.AskAsync(Listen("\"s\"", "\"toolsListChanged\":true,\"resourcesListChanged\":true")), Is.EqualTo(
            """{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"s"},"notifications":{"toolsListChanged":true}}}"""));
        Assert.That(await client.AskAsync(Listen("5", "\"toolsListChanged\":false,\"promptsListChanged\":true")), Is.EqualTo(
            """{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":5},"notifications":{"promptsListChanged":true}}}"""));

        AddTool("second");
        Assert.That(await client.ReadAsync(), Is.EqualTo(
            """{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"s"}}}"""));

        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"s"}}""");
        await client.AskAsync(McpClient.Modern("tools/list", id: "7"));
        AddTool("third");
        _plugin.Server.RegisterPrompt(new PromptDefinition { Name = "ask" }, static (_, _, _) => default);
        Assert.That((int)await client.ReadAsync("params", "_meta", "io.modelcontextprotocol/subscriptionId"), Is.EqualTo(5));
    }

    [Test]
    public async Task A_stream_ends_with_a_result_when_the_server_stops()
    {
        await using var client = new McpClient(_plugin.Server);
        await client.AskAsync(Listen("5", ""));
        await client.StopAsync();
        Assert.That(await client.ReadAsync(), Is.EqualTo(
            """{"jsonrpc":"2.0","id":5,"result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"tools.test","version":"1.2.3"},"io.modelcontextprotocol/subscriptionId":5}}}"""));
    }

    [TestCase("\"x\":1")]
    [TestCase("\"notifications\":true")]
    [TestCase("\"notifications\":[]")]
    public async Task A_stream_of_nothing_that_is_known_is_refused(string members)
    {
        await using var client = new McpClient(_plugin.Server);
        await client.SendAsync(McpClient.Modern("subscriptions/listen", members));
        Assert.That((int)await client.ReadAsync("error", "code"), Is.EqualTo(-32602));
    }

    [Test]
    public async Task Streams_have_a_limit()
    {
        await using var client = new McpClient(_plugin.Server);
        var errors = new List<JsonNode>();
        for (int i = 0; i < 33; i++)
        {
            await client.SendAsync(Listen($"{i}", ""));
        }

        for (int i = 0; i < 34 && errors.Count == 0; i++)
        {
            if ((await client.ReadAsync(path: []))["error"] is { } error)
            {
                errors.Add(error);
            }
        }

        Assert.That((string?)errors.Single()["message"], Does.StartWith("overloaded: "));
    }

    [Test]
    public async Task Many_changes_are_told_without_waiting_for_the_client()
    {
        await using McpClient client = await McpClient.BeginAsync(_plugin.Server);
        await client.AskAsync(McpClient.Request("ping"));
        for (int i = 0; i < 500; i++)
        {
            AddTool($"more_{i}");
        }

        Assert.That(await client.ReadAsync(), Is.EqualTo(ToolsChanged));
    }

    private static string Listen(string id, string filter) =>
        McpClient.Modern("subscriptions/listen", $"\"notifications\":{{{filter}}}", id);

    private void AddTool(string name) => _plugin.Server.RegisterTool(name, "", null, static (_, _, _) => new(ToolResult.Text("")));
}
