using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LifecycleTests : IDisposable
{
    private static readonly ShutdownResult Clean = new() { Clean = true };
    private static readonly ShutdownResult NotClean = new();

    private readonly CapturingLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task Boot_gets_the_configuration()
    {
        var hooks = new Hooks();
        await using ExportedPlugin plugin = Export(hooks);
        Assert.That(await plugin.BootAsync(("key", "value")).Guarded(), Is.EqualTo(new BootResult { Ready = true }));
        Assert.That(hooks.Config, Is.EqualTo(new Dictionary<string, string> { ["key"] = "value" }));
    }

    [Test]
    public async Task Boot_that_fails_says_why()
    {
        await using ExportedPlugin plugin = Export(new Hooks { OnBoot = static () => throw new IOException("no database") });
        Assert.That(await plugin.BootAsync().Guarded(), Is.EqualTo(new BootResult { Error = "no database" }));
        Assert.That(_log.Entries.Single().Exception!.Message, Is.EqualTo("no database"));
    }

    [Test]
    public async Task Shutdown_waits_for_calls_refuses_new_ones_and_runs_the_hook_last()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var hooks = new Hooks();
        await using ExportedPlugin plugin = Export(hooks, async token =>
        {
            started.SetResult();
            await finish.Task;
            return ToolResult.Text($"{hooks.ShutDowns}");
        });
        Task<ToolResponse> call = plugin.CallToolAsync("wait");
        await started.Task.Guarded();

        Task<ShutdownResult> shutdown = plugin.ShutdownAsync();
        ToolResponse refused;
        do
        {
            // Until the request has arrived, a call of another tool is only not found.
            refused = await plugin.CallToolAsync("other").Guarded();
        }
        while (refused.ErrorCode == "tool_not_found");

        Assert.That(refused.ErrorCode, Is.EqualTo("shutting_down"));
        Assert.That(shutdown.IsCompleted, Is.False);
        finish.SetResult();
        Assert.That((await call.Guarded()).Result.Fields["text"].StringValue, Is.EqualTo("0"));
        Assert.That(await shutdown.Guarded(), Is.EqualTo(Clean));
        Assert.That(await plugin.ShutdownAsync().Guarded(), Is.EqualTo(Clean), "a second request gets the same answer");
        Assert.That(hooks.ShutDowns, Is.EqualTo(1));
        Assert.That((await plugin.BootAsync().Guarded()).Error, Does.Contain("shutting down"));
    }

    [Test]
    public async Task Shutdown_cancels_calls_that_do_not_end_in_time()
    {
        var time = new ManualTimeProvider();
        var started = new TaskCompletionSource();
        var hooks = new Hooks();
        await using ExportedPlugin plugin = Export(
            hooks,
            async token =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                return ToolResult.Text("not reached");
            },
            new PluginServerOptions { TimeProvider = time, LoggerFactory = _log });
        Task<ToolResponse> call = plugin.CallToolAsync("wait");
        await started.Task.Guarded();
        Task<PluginResponse> shutdown = plugin.Client.SendAsync(
            new PluginRequest { Shutdown = new ShutdownRequest { TimeoutSeconds = 10 } });
        await time.WhenTimerRuns(TimeSpan.FromSeconds(6)).Guarded();
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.That((await call.Guarded()).ErrorCode, Is.EqualTo("cancelled"));
        Assert.That((await shutdown.Guarded()).Shutdown, Is.EqualTo(NotClean));
        Assert.That(hooks.ShutDowns, Is.EqualTo(1), "the hook runs all the same");
    }

    [Test]
    public async Task Shutdown_answers_when_the_hook_throws()
    {
        await using ExportedPlugin plugin = Export(new Hooks { OnShutdown = static _ => throw new IOException("the disk is full") });
        Assert.That(await plugin.ShutdownAsync().Guarded(), Is.EqualTo(NotClean));
        Assert.That(_log.Entries.Single().Exception!.Message, Is.EqualTo("the disk is full"));
    }

    [Test]
    public async Task Shutdown_answers_in_time_when_the_hook_hangs()
    {
        var time = new ManualTimeProvider();
        var options = new PluginServerOptions { TimeProvider = time, LoggerFactory = _log };
        var canceled = new TaskCompletionSource();
        await using ExportedPlugin plugin = Export(
            new Hooks
            {
                OnShutdown = async token =>
                {
                    token.Register(canceled.SetResult);
                    await new TaskCompletionSource().Task;
                },
            },
            options: options);
        Task<PluginResponse> shutdown = plugin.Client.SendAsync(
            new PluginRequest { Shutdown = new ShutdownRequest { TimeoutSeconds = 10 } });
        await time.WhenTimerRuns(TimeSpan.FromSeconds(8)).Guarded();
        time.Advance(TimeSpan.FromSeconds(8));
        await canceled.Task.Guarded();
        await time.WhenTimerRuns(TimeSpan.FromSeconds(1)).Guarded();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await shutdown.Guarded()).Shutdown, Is.EqualTo(NotClean));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Stop_runs_the_hook_of_a_plugin_that_was_booted(bool booted)
    {
        var hooks = new Hooks();
        ExportedPlugin plugin = Export(hooks);
        if (booted)
        {
            await plugin.BootAsync().Guarded();
        }

        await plugin.DisposeAsync().AsTask().Guarded();
        Assert.That(hooks.ShutDowns, Is.EqualTo(booted ? 1 : 0));
    }

    private ExportedPlugin Export(
        Hooks hooks, Func<CancellationToken, Task<ToolResult>>? tool = null, PluginServerOptions? options = null) =>
        new PluginBuilder("tools.test")
            .Lifecycle(hooks)
            .RegisterTool("wait", "", null, async (_, _, token) => await tool!(token))
            .ServerOptions(options ?? new PluginServerOptions { LoggerFactory = _log })
            .Export();

    private sealed class Hooks : ILifecycleHooks
    {
        public Action OnBoot { get; init; } = static () => { };

        public Func<CancellationToken, Task> OnShutdown { get; init; } = static _ => Task.CompletedTask;

        public IReadOnlyDictionary<string, string>? Config { get; private set; }

        public int ShutDowns { get; private set; }

        public ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
        {
            Config = config;
            OnBoot();
            return default;
        }

        public async ValueTask ShutdownAsync(CancellationToken cancellationToken)
        {
            ShutDowns++;
            await OnShutdown(cancellationToken);
        }
    }
}
