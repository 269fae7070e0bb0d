namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>Both eras of MCP, chosen by what the client says first and by each request.</summary>
internal sealed class NegotiationTests
{
    [TestCase("2024-11-05", "2024-11-05")]
    [TestCase("2025-03-26", "2025-03-26")]
    [TestCase("2025-06-18", "2025-06-18")]
    [TestCase("2025-11-25", "2025-11-25")]
    [TestCase("2026-07-28", "2025-11-25")]
    [TestCase("1999-01-01", "2025-11-25")]
    public async Task Initialize_echoes_a_version_that_is_spoken_and_names_the_latest_otherwise(string requested, string answered)
    {
        await using ExportedPlugin plugin = TestServers.OfBody("[Tool] public string Greet(string name) => name;");
        await using var client = new McpClient(plugin.Server, canChange: false);
        Assert.That(
            await client.AskAsync(McpClient.Request("initialize", McpClient.Initialize(requested))),
            Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"VERSION","serverInfo":{"name":"test","version":"0.0.0"},"capabilities":{"tools":{}}}}""".Replace("VERSION", answered)));
    }

    [Test]
    public async Task Discover_tells_the_modern_version_and_what_may_be_kept()
    {
        await using ExportedPlugin plugin = new PluginBuilder("tools.test").Version("1.2.3").Description("Tests.").Export();
        await using var client = new McpClient(plugin.Server);
        Assert.That(
            await client.AskAsync(McpClient.Modern("server/discover", id: "\"d\"")),
            Is.EqualTo("""{"jsonrpc":"2.0","id":"d","result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"tools.test","version":"1.2.3"}},"supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true},"prompts":{"listChanged":true}},"instructions":"Tests.","ttlMs":0,"cacheScope":"public"}}"""));
    }

    [TestCase("ping", "{}", 0)]
    [TestCase("tools/list", "{}", -32602)]
    [TestCase("server/discover", "{}", -32602)]
    [TestCase("tools/list", """{"_meta":{"progressToken":1}}""", -32602)]
    [TestCase("tools/list", """{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}""", -32602)]
    [TestCase("tools/list", """{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}}""", -32602)]
    [TestCase("tools/list", """{"_meta":{"io.modelcontextprotocol/protocolVersion":5,"io.modelcontextprotocol/clientCapabilities":{}}}""", -32022)]
    [TestCase("tools/list", """{"_meta":{"io.modelcontextprotocol/protocolVersion":"2025-11-25","io.modelcontextprotocol/clientCapabilities":{}}}""", -32022)]
    [TestCase("tools/list", "{" + McpClient.Meta + "}", 0)]
    [TestCase("ping", "{" + McpClient.Meta + "}", -32601)]
    [TestCase("initialize", "{" + McpClient.Meta + "}", -32601)]
    [TestCase("logging/setLevel", "{" + McpClient.Meta + "}", -32601)]
    public async Task A_first_request_is_taken_as_what_it_says(string method, string parameters, int code)
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using var client = new McpClient(plugin.Server);
        await client.SendAsync(McpClient.Request(method, parameters));
        var answer = await client.ReadAsync(path: []);
        Assert.That((int?)answer["error"]?["code"] ?? 0, Is.EqualTo(code), answer.ToJsonString());
    }

    [Test]
    public async Task A_version_that_is_not_spoken_is_told_with_those_that_are()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using var client = new McpClient(plugin.Server);
        await client.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2030-01-01","io.modelcontextprotocol/clientCapabilities":{}}}}""");
        var data = await client.ReadAsync("error", "data");
        Assert.That(data.ToJsonString(), Is.EqualTo("""{"supported":["2026-07-28"],"requested":"2030-01-01"}"""));
    }

    [Test]
    public async Task A_client_may_probe_with_discover_and_go_on_with_initialize()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using var client = new McpClient(plugin.Server);
        await client.AskAsync(McpClient.Modern("server/discover"));
        await client.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        Assert.That((int)await client.ReadAsync("error", "code"), Is.EqualTo(-32602), "it has said that it is modern");

        await client.AskAsync("""{"jsonrpc":"2.0","id":3,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}""");
        Assert.That(await client.AskAsync("""{"jsonrpc":"2.0","id":4,"method":"ping"}"""), Is.EqualTo("""{"jsonrpc":"2.0","id":4,"result":{}}"""));
    }

    [Test]
    public async Task Each_request_has_the_form_of_its_era()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        Assert.That(
            await client.AskAsync(McpClient.Call("tool", """{"a":1}""", "1")),
            Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{\"a\":1}"}],"structuredContent":{"a":1}}}"""));
        Assert.That(
            await client.AskAsync(McpClient.Modern("tools/call", "\"name\":\"tool\",\"arguments\":{\"a\":1}", "2")),
            Is.EqualTo("""{"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"tools.test","version":"1.2.3"}},"content":[{"type":"text","text":"{\"a\":1}"}],"structuredContent":{"a":1}}}"""));
    }

    [TestCase("server/discover")]
    [TestCase("subscriptions/listen")]
    [TestCase("logging/setLevel")]
    [TestCase("resources/list")]
    [TestCase("completion/complete")]
    [TestCase("tools/List")]
    [TestCase("")]
    public async Task A_legacy_client_is_told_what_is_not_there(string method)
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}""");
        Assert.That((int)await client.ReadAsync("error", "code"), Is.EqualTo(-32601));
    }

    [Test]
    public async Task A_plugin_whose_lists_cannot_change_has_no_stream_of_changes()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using var client = new McpClient(plugin.Server, canChange: false);
        await client.SendAsync(McpClient.Modern("subscriptions/listen", "\"notifications\":{}"));
        Assert.That((int)await client.ReadAsync("error", "code"), Is.EqualTo(-32601));
    }
}
