using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EventTests : IDisposable
{
    private readonly CapturingLoggerFactory _log = new();
    private readonly List<string> _seen = [];

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task Come_where_the_topic_and_every_filter_match()
    {
        await using ExportedPlugin plugin = Export();
        var filters = new Dictionary<string, string> { ["project"] = "x", ["kind"] = "note" };
        plugin.Server.Subscribe("changed", filters, Note);

        await plugin.PublishAsync("changed", ("project", "x"), ("kind", "note"), ("id", "both")).Guarded();
        await plugin.PublishAsync("changed", ("project", "x"), ("kind", "task"), ("id", "other value")).Guarded();
        await plugin.PublishAsync("changed", ("project", "x"), ("id", "missing")).Guarded();
        await plugin.PublishAsync("changed", ("project", "x"), ("kind", 1), ("id", "no string")).Guarded();
        await plugin.PublishAsync("Changed", ("project", "x"), ("kind", "note"), ("id", "other topic")).Guarded();

        Assert.That(_seen, Is.EqualTo(["both"]));
    }

    [Test]
    public async Task Come_in_order_and_one_at_a_time()
    {
        var go = new TaskCompletionSource();
        int running = 0;
        await using ExportedPlugin plugin = Export();
        plugin.Server.Subscribe("t", null, async (delivery, context, token) =>
        {
            Assert.That(Interlocked.Increment(ref running), Is.EqualTo(1));
            await go.Task;
            await Note(delivery, context, token);
            Interlocked.Decrement(ref running);
        });
        Task[] publishing = [.. Enumerable.Range(0, 20).Select(i => plugin.PublishAsync("t", ("id", $"{i:00}")))];
        go.SetResult();
        await Task.WhenAll(publishing).Guarded();

        Assert.That(_seen, Has.Count.EqualTo(20));
        Assert.That(_log.Entries, Is.Empty);
    }

    [Test]
    public async Task Say_where_they_come_from()
    {
        EventContext? context = null;
        await using ExportedPlugin plugin = Export();
        string id = plugin.Server.Subscribe("t", null, (_, given, _) =>
        {
            context = given;
            return default;
        });
        await plugin.Client.SendAsync(new PluginRequest
        {
            Publish = new Publish { Topic = "t", EventType = "created", SourcePlugin = "tools.other" },
        }).Guarded();
        await plugin.Server.Events.WhenIdle().Guarded();

        Assert.That(context, Is.Not.Null);
        Assert.That(
            (context!.Topic, context.EventType, context.SourcePlugin, context.SubscriptionId),
            Is.EqualTo(("t", "created", "tools.other", id)));
    }

    [Test]
    public async Task Do_not_come_after_the_subscription_has_ended()
    {
        await using ExportedPlugin plugin = Export();
        string id = plugin.Server.Subscribe("t", null, Note);
        Assert.That(plugin.Server.Unsubscribe(id), Is.True);
        Assert.That(plugin.Server.Unsubscribe(id), Is.False);
        await plugin.PublishAsync("t", ("id", "x")).Guarded();
        Assert.That(_seen, Is.Empty);
    }

    [Test]
    public async Task Are_answered_whether_or_not_the_handler_fails()
    {
        await using ExportedPlugin plugin = Export();
        plugin.Server.Subscribe("t", null, (_, _, _) => throw new InvalidOperationException("no"));
        plugin.Server.Subscribe("t", null, Note);
        await plugin.PublishAsync("t", ("id", "x")).Guarded();

        Assert.That(_seen, Is.EqualTo(["x"]), "the other subscription gets it");
        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Error));
    }

    [Test]
    public async Task Come_whole_whatever_another_handler_does_to_them()
    {
        var cleared = new TaskCompletionSource();
        await using ExportedPlugin plugin = Export();
        plugin.Server.Subscribe("t", null, (delivery, _, _) =>
        {
            delivery.Payload.Fields.Clear();
            cleared.SetResult();
            return default;
        });
        plugin.Server.Subscribe("t", null, async (delivery, context, token) =>
        {
            await cleared.Task;
            await Note(delivery, context, token);
        });
        await plugin.PublishAsync("t", ("id", "x")).Guarded();

        Assert.That(_seen, Is.EqualTo(["x"]));
    }

    [Test]
    public async Task Are_refused_while_too_many_wait()
    {
        var go = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        await using ExportedPlugin plugin = Export(new PluginServerOptions { MaxQueuedEvents = 2, LoggerFactory = _log });
        plugin.Server.Subscribe("t", null, async (_, _, _) =>
        {
            started.TrySetResult();
            await go.Task;
        });
        var publish = new PluginRequest { Publish = new Publish { Topic = "t" } };
        await plugin.Client.SendAsync(publish).Guarded();
        await started.Task.Guarded();
        await plugin.Client.SendAsync(publish).Guarded();
        await plugin.Client.SendAsync(publish).Guarded();

        PluginResponse response = await plugin.Client.SendAsync(publish).Guarded();
        Assert.That(response.ToolCall.ErrorCode, Is.EqualTo("overloaded"));
        go.SetResult();
        await plugin.Server.Events.WhenIdle().Guarded();
        response = await plugin.Client.SendAsync(publish).Guarded();
        Assert.That(response.ResponseCase, Is.EqualTo(PluginResponse.ResponseOneofCase.None));
    }

    [Test]
    public async Task Are_handled_to_their_end_before_the_server_has_stopped()
    {
        var time = new ManualTimeProvider();
        var options = new PluginServerOptions { TimeProvider = time };
        var go = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        bool ended = false;
        await using ExportedPlugin plugin = Export(options);
        plugin.Server.Subscribe("t", null, async (_, _, token) =>
        {
            started.SetResult();
            await go.Task.WaitAsync(token);
            ended = true;
        });
        await plugin.Client.PublishAsync("t", "").Guarded();
        await started.Task.Guarded();

        Task stopping = plugin.Server.StopAsync();
        await time.WhenTimerRuns(options.StopTimeout).Guarded();
        go.SetResult();
        await stopping.Guarded();

        Assert.That(ended, Is.True);
    }

    private ExportedPlugin Export(PluginServerOptions? options = null) =>
        ExportedPlugin.For(new TestPlugin(), options ?? new PluginServerOptions { LoggerFactory = _log });

    private ValueTask Note(EventDelivery delivery, EventContext context, CancellationToken cancellationToken)
    {
        _seen.Add(delivery.Payload.Fields["id"].StringValue);
        return default;
    }
}
