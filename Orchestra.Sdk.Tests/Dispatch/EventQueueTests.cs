using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>One subscription. Which subscriptions a server has, and when their events are handled, is in <see cref="EventTests"/>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EventQueueTests : IDisposable
{
    private static readonly Timestamp Noon = Timestamp.FromDateTime(new DateTime(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc));

    private readonly CapturingLoggerFactory _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Peer _peer;

    public EventQueueTests() => _peer = new Peer("tools.other", mayManage: false, Shares.Of(null), _log);

    public void Dispose()
    {
        _stopping.Dispose();
        _log.Dispose();
    }

    [TestCase("", "", true, TestName = "Without filters, no payload")]
    [TestCase("", "a=1", true, TestName = "Without filters, any payload")]
    [TestCase("a=1", "a=1 b=2", true, TestName = "Its field, and others")]
    [TestCase("a=1 b=2", "b=2 a=1", true, TestName = "All its fields")]
    [TestCase("a=1 b=2", "a=1", false, TestName = "Only one of its fields")]
    [TestCase("a=1", "a=2", false, TestName = "Another value")]
    [TestCase("a=1", "a=", false, TestName = "An empty value")]
    [TestCase("a=", "a=", true, TestName = "The empty value that it asks for")]
    [TestCase("a=", "b=", false, TestName = "No value, which is not an empty one")]
    [TestCase("a=x", "a=X", false, TestName = "Another case")]
    [TestCase("a=x", "A=x", false, TestName = "A field in another case")]
    [TestCase("a=1", "", false, TestName = "No payload")]
    public void Wants(string filters, string payload, bool expected)
    {
        using EventQueue queue = Queue(filters: filters);
        var message = new Publish { Topic = "t", Payload = payload.Length == 0 ? null : Payload(payload) };
        Assert.That(queue.Wants(message), Is.EqualTo(expected));
        message.Topic = "T";
        Assert.That(queue.Wants(message), Is.False, "another topic");
    }

    [Test]
    public void Wants_only_strings([Values("a=1", "a=")] string filter)
    {
        using EventQueue queue = Queue(filters: filter);
        foreach (Value value in new[] { Value.ForNumber(1), Value.ForBool(true), Value.ForNull(), Value.ForList(Value.ForString("1")), new Value() })
        {
            Assert.That(queue.Wants(new Publish { Topic = "t", Payload = new Struct { Fields = { ["a"] = value } } }), Is.False);
        }
    }

    [Test]
    public void Gives_its_events_in_the_order_in_which_they_came()
    {
        using EventQueue queue = Queue();
        for (int i = 0; i < 3; i++)
        {
            queue.Add(Event(queue, $"id={i}"));
        }

        Assert.That(queue.Count, Is.EqualTo(3));
        for (int i = 0; i < 3; i++)
        {
            Assert.That(queue.TryTake(out QueuedEvent next));
            Assert.That(next.Delivery.Payload.Fields["id"].StringValue, Is.EqualTo($"{i}"));
        }

        Assert.That(queue.TryTake(out _), Is.False);
        Assert.That(queue.Count, Is.Zero);
    }

    [Test]
    public void Copies_all_that_an_event_has_and_a_payload_that_is_its_own()
    {
        using EventQueue queue = Queue();
        var message = new Publish { Topic = "t", EventType = "created", SourcePlugin = "tools.x", Payload = Payload("a=1") };
        QueuedEvent copy = queue.Copy(message, Noon, _peer, size: 7);
        message.Payload.Fields.Clear();

        Assert.That(copy.Delivery, Is.EqualTo(new EventDelivery
        {
            SubscriptionId = "s1",
            Topic = "t",
            EventType = "created",
            SourcePlugin = "tools.x",
            Payload = Payload("a=1"),
            Timestamp = Noon,
        }));
        Assert.That((copy.Peer, copy.Size), Is.EqualTo((_peer, 7)));
    }

    [Test]
    public void Copies_an_event_without_a_payload()
    {
        using EventQueue queue = Queue();
        Assert.That(queue.Copy(new Publish { Topic = "t" }, Noon, _peer, size: 0).Delivery.Payload, Is.Null);
    }

    [Test]
    public async Task Tells_the_handler_where_an_event_comes_from()
    {
        EventContext? seen = null;
        using EventQueue queue = Queue((_, context, _) =>
        {
            seen = context;
            return default;
        });
        var message = new Publish { Topic = "t", EventType = "created", SourcePlugin = "tools.x" };
        await queue.HandleAsync(queue.Copy(message, Noon, _peer, size: 0)).Guarded();
        Assert.That(
            (seen!.Topic, seen.EventType, seen.SourcePlugin, seen.SubscriptionId, seen.Peer, seen.Timestamp),
            Is.EqualTo(("t", "created", "tools.x", "s1", "tools.other", Noon.ToDateTimeOffset())));
    }

    [Test]
    public async Task Logs_a_handler_that_fails_and_does_not_fail_with_it([Values] bool isAsynchronous)
    {
        using EventQueue queue = Queue(async (_, _, _) =>
        {
            if (isAsynchronous)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("no");
        });
        await queue.HandleAsync(Event(queue)).Guarded();
        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Error));
        Assert.That(_log.Entries.Single().Message, Is.EqualTo("the handler of an event of topic \"t\" failed"));
        Assert.That(_log.Entries.Single().Exception, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task Says_nothing_of_a_handler_that_ends_because_the_plugin_stops()
    {
        var started = new TaskCompletionSource();
        using EventQueue queue = Queue(async (_, _, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        Task handling = queue.HandleAsync(Event(queue));
        await started.Task.Guarded();
        Assert.That(handling.IsCompleted, Is.False);
        await _stopping.CancelAsync();
        await handling.Guarded();
        Assert.That(_log.Entries, Is.Empty);
    }

    [Test]
    public async Task Logs_a_handler_that_gives_up_although_the_plugin_does_not_stop()
    {
        using EventQueue queue = Queue((_, _, _) => throw new OperationCanceledException());
        await queue.HandleAsync(Event(queue)).Guarded();
        Assert.That(_log.Entries.Single().Exception, Is.InstanceOf<OperationCanceledException>());
    }

    private static Struct Payload(string fields)
    {
        var payload = new Struct();
        foreach (string field in fields.Split(' '))
        {
            payload.Fields[field.Split('=')[0]] = Value.ForString(field.Split('=')[1]);
        }

        return payload;
    }

    private QueuedEvent Event(EventQueue queue, string payload = "id=1") =>
        queue.Copy(new Publish { Topic = "t", Payload = Payload(payload) }, Noon, _peer, size: 0);

    private EventQueue Queue(EventSubscriber? handler = null, string filters = "") => new(
        "s1",
        "t",
        [.. filters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(filter => (filter.Split('=')[0], filter.Split('=')[1]))],
        handler ?? ((_, _, _) => default),
        new PluginEnvironment(new PluginServerOptions(), _log),
        _stopping.Token);
}
