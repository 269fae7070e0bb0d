using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>What serves others is neither ended nor held by what one of them does, or by a fault that nobody thought of.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class IsolationTests : IDisposable
{
    private static readonly PluginRequest Health = new() { Health = new HealthRequest() };

    private readonly CapturingLoggerFactory _log = new();
    private readonly SemaphoreSlim _started = new(0);

    public void Dispose()
    {
        _log.Dispose();
        _started.Dispose();
    }

    [Test]
    public async Task Takes_the_next_connection_after_one_that_could_not_be_taken()
    {
        var time = new ManualTimeProvider();
        var listener = new OfferedListener();
        await using PluginServer server = PluginServer.Create(
            new TestPlugin(), new PluginServerOptions { TimeProvider = time, LoggerFactory = _log });
        await server.ServeAsync(listener);

        foreach (Exception fault in (Exception[])[new IOException("gone"), new InvalidOperationException("?"), new OperationCanceledException()])
        {
            listener.Offer(() => throw fault);
            await time.WhenTimerRuns(TimeSpan.FromMilliseconds(100)).Guarded();
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.That((await AskAsync(listener.Connect())).Health.Message, Is.EqualTo("ok"));
        Assert.That(_log.Entries, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Gives_the_place_of_a_connection_back_whatever_ends_it()
    {
        var listener = new OfferedListener();
        await using PluginServer server = PluginServer.Create(
            new TestPlugin(), new PluginServerOptions { MaxConnections = 1, LoggerFactory = _log });
        await server.ServeAsync(listener);

        listener.Offer(static () => new BrokenConnection(onAccept: true));
        listener.Offer(static () => new BrokenConnection(onAccept: false));

        Assert.That((await AskAsync(listener.Connect())).Health.Message, Is.EqualTo("ok"));
        Assert.That(_log.Entries.Where(static entry => entry.Level == LogLevel.Error), Has.Exactly(2).Items);
    }

    [Test]
    public async Task Ends_a_connection_whose_exchange_cannot_be_closed()
    {
        var listener = new OfferedListener();
        await using PluginServer server = PluginServer.Create(
            new TestPlugin(), new PluginServerOptions { MaxConnections = 1, LoggerFactory = _log });
        await server.ServeAsync(listener);

        listener.Offer(static () => new SingleConnection(new UnclosableExchange()));

        Assert.That((await AskAsync(listener.Connect())).Health.Message, Is.EqualTo("ok"), "its place is free again");
        Assert.That(_log.Entries.Single().Message, Is.EqualTo("an exchange failed"));
    }

    [Test]
    public async Task Goes_on_where_the_log_throws()
    {
        using var broken = new ThrowingLoggerFactory();
        var heard = new List<string>();
        await using ExportedPlugin plugin = new PluginBuilder("tools.test")
            .ServerOptions(new PluginServerOptions { LoggerFactory = broken })
            .RegisterTool("fail", "", null, static (_, _, _) => throw new InvalidOperationException("failed"))
            .Export();
        plugin.Server.Subscribe("topic", filters: null, (delivery, _, _) =>
        {
            heard.Add(delivery.EventType);
            throw new InvalidOperationException("failed");
        });

        ToolResponse response = await plugin.CallToolAsync("fail").Guarded();
        Assert.That((response.ErrorCode, response.ErrorMessage), Is.EqualTo(("handler_error", "failed")));

        await plugin.Client.PublishAsync("topic", "first", new()).Guarded();
        await plugin.Client.PublishAsync("topic", "second", new()).Guarded();
        await plugin.Server.Events.WhenIdle().Guarded();
        Assert.That(heard, Is.EqualTo(new[] { "first", "second" }), "the subscription is not deaf after the first one");
        Assert.That(broken.Lines, Is.EqualTo(3));
    }

    [Test]
    public async Task Shuts_down_and_cancels_every_call_where_a_callback_of_one_never_returns()
    {
        var time = new ManualTimeProvider();
        using var release = new ManualResetEventSlim();
        await using ExportedPlugin plugin = new PluginBuilder("tools.test")
            .ServerOptions(new PluginServerOptions { TimeProvider = time, LoggerFactory = _log })
            .RegisterTool("good", "", null, (_, _, token) => WaitAsync(token))
            .RegisterTool("bad", "", null, (_, _, token) =>
            {
                token.Register(release.Wait);
                return WaitAsync(token);
            })
            .Export();

        // Before and after it: callbacks run in the reverse order of their registration.
        Task<ToolResponse> before = await StartAsync(plugin, "good");
        await StartAsync(plugin, "bad");
        Task<ToolResponse> after = await StartAsync(plugin, "good");
        Task<PluginResponse> shutdown = plugin.Client.SendAsync(
            new PluginRequest { Shutdown = new ShutdownRequest { TimeoutSeconds = 10 } });
        await time.WhenTimerRuns(TimeSpan.FromSeconds(6)).Guarded();
        time.Advance(TimeSpan.FromSeconds(6));
        try
        {
            Assert.That((await before.Guarded()).ErrorCode, Is.EqualTo("cancelled"));
            Assert.That((await after.Guarded()).ErrorCode, Is.EqualTo("cancelled"));
            Assert.That((await shutdown.Guarded()).Shutdown.Clean, Is.False);
        }
        finally
        {
            release.Set();
        }
    }

    private async Task<Task<ToolResponse>> StartAsync(ExportedPlugin plugin, string tool)
    {
        Task<ToolResponse> call = plugin.CallToolAsync(tool);
        await _started.WaitAsync().Guarded();
        return call;
    }

    private async ValueTask<ToolResult> WaitAsync(CancellationToken token)
    {
        _started.Release();
        await Task.Delay(Timeout.Infinite, token);
        return ToolResult.Text("not reached");
    }

    private static async Task<PluginResponse> AskAsync(InProcessConnection connection)
    {
        await using OrchestratorClient client = OrchestratorClient.Over("plugin", new InProcessClientTransport(connection));
        return await client.SendAsync(Health).Guarded();
    }
}
