using System.Text.Json.Nodes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>Progress, for those who gave a token.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProgressTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Is_told_by_a_count_and_a_text_under_the_token_at_most_ten_times_a_second()
    {
        string[] told = await RunAsync("\"t-1\"", async (progress, heard) =>
        {
            progress.Report("one");
            progress.Report("too fast");
            await heard();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            progress.Report(3);
        });
        Assert.That(told, Is.EqualTo(new[]
        {
            """{"progressToken":"t-1","progress":1,"message":"one"}""",
            """{"progressToken":"t-1","progress":3,"message":"3"}""",
        }));
    }

    [Test]
    public async Task Has_done_and_total_where_the_tool_gives_them_and_always_rises()
    {
        string[] told = await RunAsync("5", async (progress, heard) =>
        {
            progress.Report(new ProgressReport(0.5, 2, "half"));
            await heard();
            foreach (double done in (double[])[0.5, 0.2, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                progress.Report(new ProgressReport(done, 2, "no further"));
            }

            progress.Report(new ProgressReport(2, double.NaN));
            await heard();
            _time.Advance(TimeSpan.FromSeconds(1));
            progress.Report("one more");
        });
        Assert.That(told, Is.EqualTo(new[]
        {
            """{"progressToken":5,"progress":0.5,"total":2,"message":"half"}""",
            """{"progressToken":5,"progress":2}""",
            """{"progressToken":5,"progress":3,"message":"one more"}""",
        }));
    }

    [Test]
    public async Task Has_a_text_that_is_not_too_long()
    {
        string[] told = await RunAsync("1", static (progress, _) =>
        {
            progress.Report(new string('a', 199) + "\U0001F9C0\U0001F9C0");
            return Task.CompletedTask;
        });
        Assert.That((string?)JsonNode.Parse(told.Single())!["message"], Is.EqualTo(new string('a', 199) + "…"));
    }

    [TestCase("null")]
    [TestCase("1.5")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("true")]
    public async Task Is_not_told_under_what_is_no_token(string token) =>
        Assert.That(await RunAsync(token, static (progress, _) =>
        {
            progress.Report("x");
            return Task.CompletedTask;
        }), Is.Empty);

    [Test]
    public async Task Is_the_chunks_of_a_streaming_tool()
    {
        using var heard = new SemaphoreSlim(0);
        await using ExportedPlugin plugin = Plugin(new PluginBuilder("tools.test").RegisterStreamingTool("tool", "", null, async (_, chunks, _, token) =>
        {
            await chunks.WriteTextAsync("one ");
            await heard.WaitAsync(token).Guarded();
            _time.Advance(TimeSpan.FromSeconds(1));
            await chunks.WriteTextAsync("two ");
        }));
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        string? first = await client.AskAsync(Call("1"));
        heard.Release();
        Assert.That(new[] { first, await client.ReadAsync(), await client.ReadAsync() }, Is.EqualTo(new[]
        {
            """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1,"message":"one "}}""",
            """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":2,"message":"two "}}""",
            """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"one two "}]}}""",
        }));
    }

    [Test]
    public async Task Ends_with_the_answer_and_with_a_cancellation()
    {
        IProgress<object>? progress = null;
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        await using ExportedPlugin plugin = Plugin(new PluginBuilder("tools.test").RegisterTool("tool", "", null, async (arguments, context, token) =>
        {
            progress = context.ProgressOf<object>();
            if (arguments.Fields.Count > 0)
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                progress.Report("after the cancellation");
                stopped.SetResult();
            }

            return ToolResult.Text("done");
        }));
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        Assert.That(await client.AskAsync(Call("1")), Does.Contain("done"));
        progress!.Report("after the answer");

        await client.SendAsync(Call("2", """{"wait":true}"""));
        await started.Task.Guarded();
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}""");
        await stopped.Task.Guarded();
        Assert.That(await client.AskAsync(McpClient.Request("ping", id: "3")), Is.EqualTo("""{"jsonrpc":"2.0","id":3,"result":{}}"""));
    }

    [TestCase(3.0, null, null, "3")]
    [TestCase(1.5, 2.0, null, "1.5/2")]
    [TestCase(1.0, 2.0, "reading", "1/2: reading")]
    public void Report_has_a_text_for_logs(double done, double? total, string? text, string told) =>
        Assert.That($"{new ProgressReport(done, total, text)}", Is.EqualTo(told));

    /// <summary>Calls a tool that reports, and that can wait until the client has heard of it; what the client heard.</summary>
    private async Task<string[]> RunAsync(string token, Func<IProgress<object>, Func<Task>, Task> report)
    {
        using var heard = new SemaphoreSlim(0);
        await using ExportedPlugin plugin = Plugin(new PluginBuilder("tools.test").RegisterTool("tool", "", null, async (_, context, _) =>
        {
            await report(context.ProgressOf<object>(), () => heard.WaitAsync().Guarded());
            return ToolResult.Text("done");
        }));
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(Call(token));
        var told = new List<string>();
        while (await client.ReadAsync(path: []) is var line && line["method"] is not null)
        {
            told.Add(line["params"]!.ToJsonString());
            heard.Release();
        }

        return [.. told];
    }

    private ExportedPlugin Plugin(PluginBuilder builder) => builder.ServerOptions(new PluginServerOptions { TimeProvider = _time }).Export();

    private static string Call(string token, string arguments = "{}") => McpClient.Request(
        "tools/call", "{\"name\":\"tool\",\"arguments\":" + arguments + ",\"_meta\":{\"progressToken\":" + token + "}}", token is "2" ? "2" : "1");
}
