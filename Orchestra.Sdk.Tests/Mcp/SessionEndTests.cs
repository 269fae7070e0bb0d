using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Processes;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>How a session begins and ends.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SessionEndTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Boots_before_the_first_answer_and_once()
    {
        var hooks = new Hooks();
        await using ExportedPlugin plugin = new PluginBuilder("tools.test").Lifecycle(hooks).Export();
        await using (var client = new McpClient(plugin.Server))
        {
            await client.SendAsync(McpClient.Request("ping"));
            Task<string?> answer = client.ReadAsync();
            await hooks.Booting.Task.Guarded();
            Assert.That(answer.IsCompleted, Is.False);
            hooks.Boot.SetResult();
            Assert.That(await answer, Does.Contain("result"));
        }

        await using McpClient other = await McpClient.BeginAsync(plugin.Server);
        Assert.That((hooks.Boots, hooks.ShutDowns), Is.EqualTo((1, 0)));
        await plugin.Server.StopAsync().Guarded();
        Assert.That(hooks.ShutDowns, Is.EqualTo(1));
    }

    [Test]
    public async Task A_boot_that_fails_is_what_each_request_is_told()
    {
        var hooks = new Hooks();
        hooks.Boot.SetException(new IOException("no database"));
        await using ExportedPlugin plugin = new PluginBuilder("tools.test").Lifecycle(hooks).Export();
        await using var client = new McpClient(plugin.Server);
        await client.SendAsync(McpClient.Request("initialize", McpClient.Initialize("2025-06-18")));
        Assert.That((await client.ReadAsync("error")).ToJsonString(), Is.EqualTo(
            """{"code":-32603,"message":"the plugin is not ready: no database"}"""));
    }

    [Test]
    public async Task The_end_of_what_the_client_sends_cancels_calls_and_sends_what_is_answered()
    {
        var started = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(async token =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ToolResult.Text("canceled");
        });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool"));
        await started.Task.Guarded();
        await client.EndAsync();
        Assert.That((string?)await client.ReadAsync("result", "content", "0", "text"), Is.EqualTo("canceled"));
        Assert.That(await client.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task A_last_line_without_an_end_is_served()
    {
        await using ExportedPlugin plugin = TestServers.Echo();
        await using var client = new McpClient(plugin.Server);
        await client.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}"""u8.ToArray());
        await client.EndAsync();
        Assert.That(await client.ReadAsync(), Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
    }

    [Test]
    public async Task A_stop_lets_calls_go_on_for_a_while_and_cancels_them_then()
    {
        var started = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(
            async token =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return ToolResult.Text("canceled");
            },
            new PluginServerOptions { TimeProvider = _time });
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool"));
        await started.Task.Guarded();
        Task waiting = _time.WhenTimerRuns(TimeSpan.FromSeconds(3));
        await client.StopAsync();
        await waiting.Guarded();
        Task<string?> answer = client.ReadAsync();
        Assert.That(answer.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await answer, Does.Contain("canceled"));
        await client.Session.Guarded();
    }

    [Test]
    public async Task A_tool_that_does_not_end_is_given_up()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var log = new CapturingLoggerFactory();
        await using ExportedPlugin plugin = TestServers.Of(
            async _ =>
            {
                started.SetResult();
                await finish.Task;
                return ToolResult.Text("");
            },
            new PluginServerOptions { TimeProvider = _time, LoggerFactory = log });
        var client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Call("tool"));
        await started.Task.Guarded();
        Task waiting = _time.WhenTimerRuns(TimeSpan.FromSeconds(3));
        Task end = client.EndAsync();
        await waiting.Guarded();
        _time.Advance(TimeSpan.FromSeconds(3));
        await end.Guarded();
        Assert.That(log.Entries.Select(static entry => entry.Message), Does.Contain("some requests of the MCP client did not end in time and were given up"));
        finish.SetResult();
    }

    [Test]
    public async Task Ends_when_the_client_takes_no_more_and_cancels_what_runs()
    {
        var started = new TaskCompletionSource();
        var canceled = new TaskCompletionSource();
        await using ExportedPlugin plugin = TestServers.Of(async token =>
        {
            token.Register(canceled.SetResult);
            started.SetResult();
            await canceled.Task;
            return ToolResult.Text("");
        });
        await using var client = new McpClient(plugin.Server, output: new BrokenStream());
        await client.SendAsync(McpClient.Request("initialize", McpClient.Initialize("2025-06-18")));
        await client.Session.Guarded();

        // A call that came in time is canceled; one that did not was never begun.
        Assert.That(started.Task.IsCompleted, Is.EqualTo(canceled.Task.IsCompleted));
    }

    [Test]
    public async Task A_client_that_reads_late_gets_all_of_it_a_message_a_write()
    {
        const int Calls = 2000;
        var output = new BlockedStream();
        await using ExportedPlugin plugin = TestServers.Echo();
        var client = new McpClient(plugin.Server, output: output);
        await client.SendAsync(McpClient.Request("initialize", McpClient.Initialize("2025-06-18")));
        string arguments = "{\"x\":\"" + new string('x', 2000) + "\"}";
        for (int i = 0; i < Calls; i++)
        {
            await client.SendAsync(McpClient.Call("tool", arguments, $"{i}"));
        }

        await output.Writing.Guarded();
        output.Unblock();
        await client.EndAsync();
        Assert.That(output.Lines, Is.EqualTo(1 + Calls));
    }

    /// <summary>A stream that takes nothing until a test says so.</summary>
    private sealed class BlockedStream : MemoryStream
    {
        private readonly TaskCompletionSource _unblocked = new();
        private readonly TaskCompletionSource _writing = new();

        public Task Writing => _writing.Task;

        public int Lines { get; private set; }

        public void Unblock() => _unblocked.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _writing.TrySetResult();
            await _unblocked.Task;
            Lines++;
            Assert.That(buffer.Span.IndexOf((byte)'\n'), Is.EqualTo(buffer.Length - 1), "one message a write");
        }
    }

    private sealed class Hooks : ILifecycleHooks
    {
        public TaskCompletionSource Booting { get; } = new();

        public TaskCompletionSource Boot { get; } = new();

        public int Boots { get; private set; }

        public int ShutDowns { get; private set; }

        public async ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
        {
            Boots++;
            Booting.TrySetResult();
            await Boot.Task;
        }

        public ValueTask ShutdownAsync(CancellationToken cancellationToken)
        {
            ShutDowns++;
            return ValueTask.CompletedTask;
        }
    }
}
