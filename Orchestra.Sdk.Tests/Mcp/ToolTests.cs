using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>Tools as clients list and call them.</summary>
internal sealed class ToolTests
{
    [Test]
    public async Task Are_listed_with_all_that_is_known_of_them()
    {
        await using ExportedPlugin plugin = TestServers.OfBody("""
            /// <summary>Finds.</summary>
            [Tool(Title = "Find it", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
            public Found Find([Range(1, 9)] int at) => new(at);

            /// <summary>Says.</summary>
            [Tool] public string Say(string what) => what;

            [Tool] public int? Maybe() => null;

            public record Found(int At);
            """);
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Request("tools/list"));
        Assert.That((await client.ReadAsync("result", "tools")).ToJsonString(), Is.EqualTo(
            """[{"name":"find","title":"Find it","description":"Finds.","inputSchema":{"type":"object","properties":{"at":{"type":"integer","minimum":1,"maximum":9}},"required":["at"]},"outputSchema":{"type":"object","properties":{"at":{"type":"integer","minimum":-2147483648,"maximum":2147483647}},"required":["at"],"additionalProperties":false},"annotations":{"title":"Find it","readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}},"""
            + """{"name":"say","description":"Says.","inputSchema":{"type":"object","properties":{"what":{"type":"string"}},"required":["what"]}},"""
            + """{"name":"maybe","description":"","inputSchema":{"type":"object","properties":{},"required":[]},"outputSchema":{"type":"object","properties":{"data":{"type":"integer","minimum":-2147483648,"maximum":2147483647}},"required":[],"additionalProperties":false}}]"""));
    }

    [Test]
    public async Task Are_named_where_another_name_is_near_one()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using McpClient client = await McpClient.BeginAsync(plugin.Server, canChange: false);
        JsonNode error = await client.CallAsync("tol");
        Assert.That((int)error["code"]!, Is.EqualTo(-32602));
        Assert.That((string?)error["message"], Is.EqualTo("tool \"tol\" not found, did you mean \"tool\"?"));

        plugin.Server.RegisterTool("second", "", null, (_, _, _) => new(ToolResult.Text("done")));
        Assert.That((string?)(await client.CallAsync("secnod"))["message"], Does.EndWith(", did you mean \"second\"?"));
    }

    [Test]
    public async Task Are_listed_in_the_modern_era_with_how_long_that_holds()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using var client = new McpClient(plugin.Server, canChange: false);
        await client.SendAsync(McpClient.Modern("tools/list"));
        JsonNode result = await client.ReadAsync("result");
        Assert.That($"{result["ttlMs"]} {result["cacheScope"]} {result["resultType"]}", Is.EqualTo("3600000 public complete"));
    }

    [TestCase("""{"type":"string"}""", """{"type":"object"}""")]
    [TestCase("""{"properties":{"a":{}}}""", """{"type":"object","properties":{"a":{}}}""")]
    [TestCase("""{"anyOf":[{"type":"object"}]}""", """{"type":"object","anyOf":[{"type":"object"}]}""")]
    public async Task With_a_schema_that_is_no_object_s_do_not_cost_the_list(string schema, string listed)
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        plugin.Server.RegisterTool("odd", "", Struct.Parser.ParseJson(schema), static (_, _, _) => new(ToolResult.Text("")));
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Request("tools/list"));
        Assert.That((await client.ReadAsync("result", "tools", "1", "inputSchema")).ToJsonString(), Is.EqualTo(listed));
    }

    [TestCase("text", """{"content":[{"type":"text","text":"hello"}]}""")]
    [TestCase("number", """{"content":[{"type":"text","text":"{\"data\":5}"}],"structuredContent":{"data":5}}""")]
    [TestCase("list", """{"content":[{"type":"text","text":"{\"data\":[1,2]}"}],"structuredContent":{"data":[1,2]}}""")]
    [TestCase("members", """{"content":[{"type":"text","text":"{\"at\":1,\"text\":\"ü\"}"}],"structuredContent":{"at":1,"text":"ü"}}""")]
    [TestCase("only_text", """{"content":[{"type":"text","text":"{\"text\":\"a\"}"}],"structuredContent":{"text":"a"}}""")]
    [TestCase("nothing", """{"content":[{"type":"text","text":"{}"}],"structuredContent":{}}""")]
    [TestCase("done", """{"content":[{"type":"text","text":"ok"}]}""")]
    [TestCase("fails", """{"content":[{"type":"text","text":"not_here: Look elsewhere."}],"isError":true}""")]
    [TestCase("throws", """{"content":[{"type":"text","text":"handler_error: the disk is full"}],"isError":true}""")]
    [TestCase("pretends", """{"content":[{"type":"text","text":"tool_not_found: that of another plugin"}],"isError":true}""")]
    [TestCase("streams", """{"content":[{"type":"text","text":"one two "}]}""")]
    [TestCase("measures", """{"content":[{"type":"text","text":"{\"data\":[1,2]}"}],"structuredContent":{"data":[1,2]}}""")]
    public async Task Answer_in_the_form_of_their_result(string tool, string result)
    {
        await using ExportedPlugin plugin = TestServers.OfBody("""
            [Tool] public string Text() => "hello";
            [Tool] public int Number() => 5;
            [Tool] public int[] List() => [1, 2];
            [Tool] public Found Members() => new(1, "ü");
            [Tool] public Words OnlyText() => new("a", null);
            [Tool] public string? Nothing() => null;
            [Tool] public void Done() { }
            [Tool] public void Fails() => throw new ToolException("not_here", "Look elsewhere.");
            [Tool] public void Throws() => throw new System.IO.IOException("the disk is full");
            [Tool] public void Pretends() => throw new ToolException("tool_not_found", "that of another plugin");
            [StreamingTool] public async IAsyncEnumerable<string> Streams() { yield return "one "; yield return "two "; }
            [StreamingTool] public async IAsyncEnumerable<int> Measures() { yield return 1; yield return 2; }
            public record Found(int At, string Text);
            public record Words(string Text, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] int? Count);
            """);
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        Assert.That((await client.CallAsync(tool)).ToJsonString(Relaxed), Is.EqualTo(result));
    }

    [TestCase("""{"l":9007199254740993}""", "9007199254740993")]
    [TestCase("""{"l":-9223372036854775808}""", "-9223372036854775808")]
    [TestCase("""{"l":9223372036854775807}""", "9223372036854775807")]
    [TestCase("""{"l":9007199254740991}""", "9007199254740991")]
    [TestCase("""{"l":1e3}""", "1000")]
    [TestCase("""{"u":18446744073709551615}""", "18446744073709551615")]
    [TestCase("""{"b":123456789012345678901234567890}""", "123456789012345678901234567890")]
    [TestCase("""{"d":12345678901234567890}""", "12345678901234567168")]
    [TestCase("""{"m":12345678901234567890}""", "12345678901234567890")]
    public async Task Get_each_digit_of_an_integer(string arguments, string got)
    {
        await using ExportedPlugin plugin = TestServers.OfBody("""
            [Tool] public string Numbers(long? l = null, ulong? u = null, System.Numerics.BigInteger? b = null, double? d = null, decimal? m = null) =>
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{l}{u}{b}{d:F0}{m}");
            """);
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        Assert.That((string?)(await client.CallAsync("numbers", arguments))["content"]![0]!["text"], Is.EqualTo(got));
    }

    [TestCase("""{"times":99}""", "invalid_arguments: arguments.times: expected an integer from 1 to 10, got 99; arguments.name: required, but not given")]
    [TestCase("""{"name":"a","extra":1}""", null)]
    public async Task Tell_a_model_what_is_wrong_with_its_arguments(string arguments, string? text)
    {
        await using ExportedPlugin plugin = TestServers.OfBody("[Tool] public string Greet(string name, [Range(1, 10)] int times = 1) => name;");
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        JsonNode result = await client.CallAsync("greet", arguments);
        Assert.That((bool?)result["isError"], Is.True, result.ToJsonString());
        string told = (string)result["content"]![0]!["text"]!;
        Assert.That(told, text is null ? Does.Contain("extra") : Does.Contain("arguments.times: ").And.Contain("arguments.name: "));
    }

    [Test]
    public async Task Are_told_who_calls()
    {
        ToolContext? seen = null;
        await using ExportedPlugin plugin = TestServers.Of((_, context, _) =>
        {
            seen = context;
            return new(ToolResult.Text(""));
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.AskAsync(McpClient.Request(
            "tools/call", """{"name":"tool","_meta":{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}""", "\"a-1\""));
        Assert.That(
            (seen!.Provider, seen.RequestId, seen.TraceParent, seen.Progress),
            Is.EqualTo(("mcp", "a-1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", (IProgress<object?>?)null)));
    }

    [Test]
    public async Task Beyond_the_limit_are_answered_overloaded_and_the_model_may_read_it()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(
            async _ =>
            {
                started.TrySetResult();
                await finish.Task;
                return ToolResult.Text("done");
            },
            new PluginServerOptions { MaxConcurrentCalls = 1 });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool", id: "1"));
        await started.Task.Guarded();
        JsonNode refused = await client.CallAsync("tool", id: "2");
        Assert.That((bool?)refused["isError"], Is.True);
        Assert.That((string?)refused["content"]![0]!["text"], Does.StartWith("overloaded: "));
        finish.SetResult();
        Assert.That((string?)await client.ReadAsync("result", "content", "0", "text"), Is.EqualTo("done"));
    }

    [Test]
    public async Task Are_called_a_thousand_at_once()
    {
        const int Count = 1000;

        // The rest waits for its places: there is another peer, for whom some are left.
        const int AtOnce = 800;
        int running = 0;
        var all = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(async (arguments, _, _) =>
        {
            if (Interlocked.Increment(ref running) == AtOnce)
            {
                all.SetResult();
            }

            await all.Task;
            return ToolResult.Json(arguments);
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        for (int i = 0; i < Count; i++)
        {
            await client.SendAsync(McpClient.Call("tool", $"{{\"n\":{i}}}", $"{i}"));
        }

        var answered = new HashSet<int>();
        for (int i = 0; i < Count; i++)
        {
            JsonNode answer = await client.ReadAsync(path: []);
            int id = (int)answer["id"]!;
            Assert.That((int)answer["result"]!["structuredContent"]!["n"]!, Is.EqualTo(id));
            answered.Add(id);
        }

        Assert.That(answered, Has.Count.EqualTo(Count));
    }

    [Test]
    public async Task Whose_arguments_would_take_too_much_memory_are_refused()
    {
        await using ExportedPlugin plugin = TestServers.Echo(new PluginServerOptions { MaxMessageBytesInFlight = 16 << 20 });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        string many = string.Join(',', Enumerable.Repeat("[]", 200_000));
        JsonNode result = await client.CallAsync("tool", $"{{\"x\":[{many}]}}");
        Assert.That((string?)result["content"]![0]!["text"], Does.StartWith("overloaded: "));
        Assert.That((await client.CallAsync("tool", """{"x":[[]]}"""))["structuredContent"]!.ToJsonString(), Is.EqualTo("""{"x":[[]]}"""));
    }

    [Test]
    public async Task Whose_result_is_too_large_say_so()
    {
        await using ExportedPlugin plugin = TestServers.Of(static (_, _, _) => new(ToolResult.Text(new string('x', 17 << 20))));
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        JsonNode result = await client.CallAsync("tool");
        Assert.That((bool?)result["isError"], Is.True);
        Assert.That((string?)result["content"]![0]!["text"], Does.StartWith("result_too_large: ").And.EndWith("ask for less at once"));
    }

    [Test]
    public async Task Whose_text_has_what_ends_lines_elsewhere_answer_one_line()
    {
        const string Text = "a\nb\r\nc\u2028d\u2029e\u0085f\u0000g\u007f";
        await using ExportedPlugin plugin = TestServers.Of(static (_, _, _) => new(ToolResult.Text(Text)));
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        string? line = await client.AskAsync(McpClient.Call("tool"));
        Assert.That(line!.IndexOfAny(['\r', '\u2028', '\u2029', '\u0085', '\0']), Is.Negative);
        Assert.That((string?)JsonNode.Parse(line)!["result"]!["content"]![0]!["text"], Is.EqualTo(Text));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
