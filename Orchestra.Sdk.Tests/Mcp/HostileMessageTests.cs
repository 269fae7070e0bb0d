using System.Text;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>What no client should send is answered, or passed over, and the next message is served all the same.</summary>
internal sealed class HostileMessageTests
{
    private ExportedPlugin _plugin = null!;
    private McpClient _client = null!;

    [SetUp]
    public async Task Begin()
    {
        _plugin = TestServers.Echo();
        _client = await McpClient.BeginAsync(_plugin.Server);
    }

    [TearDown]
    public async Task End()
    {
        // Whatever came before, it lives.
        Assert.That(
            await _client.AskAsync("""{"jsonrpc":"2.0","id":"end","method":"ping"}"""),
            Is.EqualTo("""{"jsonrpc":"2.0","id":"end","result":{}}"""));
        await _client.DisposeAsync();
        await _plugin.DisposeAsync();
    }

    [TestCase("{", -32700, null)]
    [TestCase("nonsense", -32700, null)]
    [TestCase("\"text\"", -32600, null)]
    [TestCase("5", -32600, null)]
    [TestCase("null", -32600, null)]
    [TestCase("{}", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"ping",}""", -32700, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":"7","method":"ping"} x""", -32700, "\"7\"")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"ping"}{}""", -32700, "7")]
    [TestCase("""{"jsonrpc":"2.0","method":"ping","x":{"id":1},"id":7,]""", -32700, "7")]
    [TestCase("""{"jsonrpc":"2.0","method":"ping"// comment""", -32700, null)]
    [TestCase("""{"id":7,"method":"ping"}""", -32600, "7")]
    [TestCase("""{"jsonrpc":2.0,"id":7,"method":"ping"}""", -32600, "7")]
    [TestCase("""{"jsonrpc":"1.0","id":7,"method":"ping"}""", -32600, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7}""", -32600, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":null}""", -32600, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":{"a":[1]}}""", -32600, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":1e3,"method":"ping"}""", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":true,"method":"ping"}""", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":[1],"method":"ping"}""", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", -32600, null)]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"\ud800"}""", -32700, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"ping","params":[]}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"ping","params":"x"}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call"}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":5}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"\udc00"}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"tool","arguments":[]}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"tool","arguments":{"a":"\ud800"}}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"tool","arguments":{"\ud800":1}}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"nosuch"}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":"x"}}""", -32602, "7")]
    [TestCase("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":5}}""", -32602, "7")]
    [TestCase("[]", -32600, null)]
    [TestCase("""[{"jsonrpc":"2.0","id":7,"method":"ping"}]""", -32600, null)]
    [TestCase("\0", -32700, null)]
    public async Task What_is_no_request_is_told_so(string line, int code, string? id)
    {
        JsonNode answer = JsonNode.Parse((await _client.AskAsync(line))!)!;
        Assert.That((int)answer["error"]!["code"]!, Is.EqualTo(code), answer.ToJsonString());
        Assert.That(answer["id"]?.ToJsonString(), Is.EqualTo(id));
        Assert.That(answer.AsObject().ContainsKey("id"), Is.EqualTo(id is not null), "an id is never null");
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("\t\r")]
    [TestCase("\r")]
    [TestCase("""{"jsonrpc":"2.0","id":5,"result":{}}""")]
    [TestCase("""{"jsonrpc":"2.0","id":5,"error":{"code":1,"message":"x"}}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/unknown"}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/unknown","params":[1]}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"tool"}}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/cancelled"}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"never was"}}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":null}}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{"a":[]}}}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"reason":"none"}}""")]
    [TestCase("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    public Task What_asks_for_nothing_gets_nothing(string line) => _client.SendAsync(line);

    [TestCase("7", "7")]
    [TestCase("-1", "-1")]
    [TestCase("0", "0")]
    [TestCase("123456789012345678901234567890", "123456789012345678901234567890")]
    [TestCase("\"7\"", "\"7\"")]
    [TestCase("\"\"", "\"\"")]
    [TestCase("\"a\\u0062\\n\\\"\"", "\"ab\\n\\\"\"")]
    [TestCase("\"käse 🧀\"", "\"käse 🧀\"")]
    public async Task An_id_comes_back_as_what_it_was(string id, string answered)
    {
        JsonNode answer = JsonNode.Parse((await _client.AskAsync(McpClient.Request("ping", id: id)))!)!;
        Assert.That(JsonNode.DeepEquals(answer["id"], JsonNode.Parse(answered)), answer.ToJsonString());
    }

    [Test]
    public async Task An_id_that_is_too_long_is_refused()
    {
        JsonNode error = JsonNode.Parse((await _client.AskAsync(McpClient.Request("ping", id: $"\"{new string('x', 5000)}\"")))!)!["error"]!;
        Assert.That((int)error["code"]!, Is.EqualTo(-32600));
    }

    [Test]
    public async Task Members_in_any_order_and_unknown_ones_are_taken() => Assert.That(
        await _client.AskAsync("""  {"extra":{"id":9,"method":["x"]},"params":{"x":[[{}]]},"method":"ping","id":1,"jsonrpc":"2.0"}  """),
        Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":{}}"""));

    [Test]
    public async Task A_byte_order_mark_and_carriage_returns_are_taken()
    {
        await _client.SendAsync("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r");
        Assert.That(await _client.ReadAsync(), Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
    }

    [Test]
    public async Task Bytes_that_are_no_UTF_8_are_told_with_the_id()
    {
        await _client.SendAsync(Encoding.Latin1.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"x\":\"\xff\xfe\"}\n"));
        JsonNode answer = await _client.ReadAsync(path: []);
        Assert.That((int)answer["error"]!["code"]!, Is.EqualTo(-32700));
        Assert.That((int)answer["id"]!, Is.EqualTo(7));
    }

    [Test]
    public async Task What_nests_too_deep_is_told_with_the_id_before_and_after_it([Values] bool isBefore)
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        string id = "\"id\":7,";
        JsonNode answer = JsonNode.Parse((await _client.AskAsync(
            "{" + (isBefore ? id : "") + "\"params\":{\"x\":" + deep + "}," + (isBefore ? "" : id) + "\"jsonrpc\":\"2.0\",\"method\":\"ping\"}"))!)!;
        Assert.That((int)answer["error"]!["code"]!, Is.EqualTo(-32700));
        Assert.That((int)answer["id"]!, Is.EqualTo(7));
    }

    [TestCase(128, true)]
    [TestCase(129, false)]
    public async Task Arguments_nest_as_deep_as_those_of_an_orchestrator(int levels, bool isTaken)
    {
        string deep = new string('[', levels) + new string(']', levels);
        string? answer = await _client.AskAsync(McpClient.Call("tool", $"{{\"x\":{deep}}}"));
        Assert.That(answer, isTaken ? Does.Contain("\"structuredContent\":{\"x\":[[") : Does.Contain("\"code\":-32700"));
    }

    [Test]
    public async Task A_line_of_100_MB_is_passed_over_and_told()
    {
        byte[] part = Encoding.ASCII.GetBytes(new string('x', 1_000_000));
        await _client.SendAsync("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"x\":\""u8.ToArray());
        for (int i = 0; i < 100; i++)
        {
            await _client.SendAsync(part);
        }

        await _client.SendAsync("\"}\n"u8.ToArray());
        JsonNode answer = await _client.ReadAsync(path: []);
        Assert.That((int)answer["error"]!["code"]!, Is.EqualTo(-32600));
        Assert.That((int)answer["id"]!, Is.EqualTo(7));
    }

    [Test]
    public async Task A_message_as_long_as_may_be_is_served()
    {
        string line = McpClient.Call("tool", "{\"x\":\"" + new string('x', MessageFraming.MaxMessageSize - 200) + "\"}");
        JsonNode answer = JsonNode.Parse((await _client.AskAsync(line))!)!;

        // Its answer, which has it twice, is no message any more.
        Assert.That((string?)answer["result"]!["content"]![0]!["text"], Does.StartWith("result_too_large: "));
    }

    [Test]
    public async Task An_id_that_is_in_use_is_refused()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(async _ =>
        {
            started.SetResult();
            await finish.Task;
            return ToolResult.Text("done");
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool"));
        await started.Task.Guarded();
        await client.SendAsync(McpClient.Call("tool"));
        Assert.That((int)await client.ReadAsync("error", "code"), Is.EqualTo(-32600));
        finish.SetResult();
        Assert.That((string?)await client.ReadAsync("result", "content", "0", "text"), Is.EqualTo("done"));
        Assert.That((string?)(await client.CallAsync("nosuch"))["message"], Does.Contain("not found"), "it may be used again then");
    }
}
