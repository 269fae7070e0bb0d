using System.Text.Json.Nodes;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>A client that does not want its answer any more.</summary>
internal sealed class CancellationTests
{
    [TestCase("7", "7")]
    [TestCase("\"a\"", "\"\\u0061\"")]
    public async Task Stops_the_tool_and_nothing_more_is_sent_for_the_id(string id, string canceled)
    {
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(async token =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopped.SetResult();
            return ToolResult.Text("too late");
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool", id: id));
        await started.Task.Guarded();
        await client.SendAsync(Cancel(canceled));
        await stopped.Task.Guarded();
        Assert.That(await client.AskAsync(McpClient.Request("ping", id: id)), Does.EndWith(",\"result\":{}}"), "the id is free again");
    }

    [Test]
    public async Task Of_the_same_digits_as_a_string_is_of_another_request()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(async token =>
        {
            started.SetResult();
            await finish.Task.WaitAsync(token);
            return ToolResult.Text("done");
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool", id: "7"));
        await started.Task.Guarded();
        await client.SendAsync(Cancel("\"7\""));
        await client.AskAsync(McpClient.Request("ping", id: "8"));
        finish.SetResult();
        Assert.That((string?)await client.ReadAsync("result", "content", "0", "text"), Is.EqualTo("done"));
    }

    [Test]
    public async Task Reaches_a_tool_while_others_keep_their_threads()
    {
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        using var unblock = new ManualResetEventSlim();
        await using ExportedPlugin plugin = TestServers.Of(async (arguments, _, token) =>
        {
            if (arguments.Fields.Count > 0)
            {
                unblock.Wait(CancellationToken.None);
                return ToolResult.Text("unblocked");
            }

            token.Register(stopped.SetResult);
            started.SetResult();
            await stopped.Task;
            return ToolResult.Text("");
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool", id: "1"));
        await started.Task.Guarded();
        await client.SendAsync(McpClient.Call("tool", """{"block":true}""", "2"));
        await client.SendAsync(Cancel("1"));
        await stopped.Task.Guarded();
        unblock.Set();
        Assert.That((int)await client.ReadAsync("id"), Is.EqualTo(2));
    }

    [Test]
    public async Task Of_a_member_of_a_batch_leaves_the_answers_of_the_others()
    {
        var started = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(async token =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return ToolResult.Text("");
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server, "2025-03-26");
        await client.SendAsync($"[{McpClient.Call("tool", id: "1")},{McpClient.Request("ping", id: "2")}]");
        await started.Task.Guarded();
        await client.SendAsync(Cancel("1"));
        Assert.That(await client.ReadAsync(), Is.EqualTo("""[{"jsonrpc":"2.0","id":2,"result":{}}]"""));
    }

    [TestCase("""[{"jsonrpc":"2.0","method":"notifications/unknown"},{"jsonrpc":"2.0","id":1,"method":"ping"},5,{"jsonrpc":"2.0","id":2,"method":"nosuch"}]""", 3)]
    [TestCase("""[ {"jsonrpc":"2.0","id":1,"method":"ping"} ]""", 1)]
    public async Task Batches_are_answered_by_one_array_in_the_version_that_has_them(string batch, int answers)
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using McpClient client = await McpClient.BeginAsync(plugin.Server, "2025-03-26");
        JsonArray got = JsonNode.Parse((await client.AskAsync(batch))!)!.AsArray();
        Assert.That(got, Has.Count.EqualTo(answers));
        Assert.That(got.Select(static answer => (int?)answer!["id"]), Has.Exactly(1).EqualTo(1));
    }

    [TestCase("[]", -32600)]
    [TestCase("[1,", -32700)]
    [TestCase("[1] x", -32700)]
    public async Task What_is_no_batch_is_told_so_in_that_version(string batch, int code)
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using McpClient client = await McpClient.BeginAsync(plugin.Server, "2025-03-26");
        await client.SendAsync(batch);
        Assert.That((int)await client.ReadAsync("error", "code"), Is.EqualTo(code));
    }

    [Test]
    public async Task A_batch_that_asks_for_nothing_gets_nothing()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using McpClient client = await McpClient.BeginAsync(plugin.Server, "2025-03-26");
        await client.SendAsync("""[{"jsonrpc":"2.0","method":"notifications/unknown"}]""");
        Assert.That(await client.AskAsync(McpClient.Request("ping")), Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
    }

    private static string Cancel(string id) =>
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + ",\"reason\":\"test\"}}";
}
