using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A subscription and its events that wait. All but <see cref="HandleAsync"/> is called under the hub's lock.</summary>
internal sealed class EventQueue(
    string id,
    string topic,
    (string Field, string Value)[] filters,
    EventSubscriber handler,
    PluginEnvironment environment,
    CancellationToken stopping)
{
    private readonly Queue<(EventDelivery Delivery, int Size)> _waiting = new();

    public int Count => _waiting.Count;

    /// <summary>True while somebody takes its events.</summary>
    public bool IsRunning { get; set; }

    /// <summary>The topic is the same, and every filter's field is a string of the payload with that value.</summary>
    public bool Wants(Publish message)
    {
        if (message.Topic != topic)
        {
            return false;
        }

        foreach ((string field, string expected) in filters)
        {
            if (message.Payload?.Fields.TryGetValue(field, out Value? value) is not true
                || !value.HasStringValue
                || value.StringValue != expected)
            {
                return false;
            }
        }

        return true;
    }

    public void Add(Publish message, Timestamp timestamp, int size) => _waiting.Enqueue((
        new EventDelivery
        {
            SubscriptionId = id,
            Topic = message.Topic,
            EventType = message.EventType,

            // Others get the same event, and a handler may change what it is given.
            Payload = message.Payload?.Clone(),
            SourcePlugin = message.SourcePlugin,
            Timestamp = timestamp,
        },
        size));

    public bool TryTake(out EventDelivery delivery, out int size)
    {
        bool taken = _waiting.TryDequeue(out (EventDelivery Delivery, int Size) next);
        (delivery, size) = next;
        return taken;
    }

    public async Task HandleAsync(EventDelivery delivery)
    {
        var context = new EventContext
        {
            Topic = delivery.Topic,
            EventType = delivery.EventType,
            SourcePlugin = delivery.SourcePlugin,
            SubscriptionId = id,
            Timestamp = delivery.Timestamp.ToDateTimeOffset(),
            Logger = environment.Logger,
            Orchestrator = environment.Orchestrator,
        };
        try
        {
            await handler(delivery, context, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The plugin stops.
        }
        catch (Exception exception)
        {
            environment.Logger.EventFailed(exception, QuotedName.Of(delivery.Topic));
        }
    }
}
