using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A subscription and its events that wait. What changes is called under the hub's lock.</summary>
internal sealed class EventQueue(
    string id,
    string topic,
    (string Field, string Value)[] filters,
    EventSubscriber handler,
    PluginEnvironment environment,
    CancellationToken stopping) : IDisposable
{
    private readonly Queue<QueuedEvent> _waiting = new();
    private readonly LinkedCancellation _cancellation = new(stopping);

    public string Id => id;

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

    /// <summary>The event for this subscription. Others get the same one, and a handler may change what it is given.</summary>
    public QueuedEvent Copy(Publish message, Timestamp timestamp, Peer peer, int size) => new(
        new EventDelivery
        {
            SubscriptionId = id,
            Topic = message.Topic,
            EventType = message.EventType,
            Payload = message.Payload?.Clone(),
            SourcePlugin = message.SourcePlugin,
            Timestamp = timestamp,
        },
        peer,
        size);

    public void Add(QueuedEvent queued) => _waiting.Enqueue(queued);

    public bool TryTake(out QueuedEvent next) => _waiting.TryDequeue(out next);

    /// <summary>Never throws: an event that fails is one, and the next ones come.</summary>
    public async Task HandleAsync(QueuedEvent queued)
    {
        EventDelivery delivery = queued.Delivery;
        try
        {
            var scope = CallScope.Of(environment.Options.Services);
            await using ConfiguredAsyncDisposable end = scope.ConfigureAwait(false);
            var context = new EventContext
            {
                Topic = delivery.Topic,
                EventType = delivery.EventType,
                SourcePlugin = delivery.SourcePlugin,
                SubscriptionId = id,
                Peer = queued.Peer.Name,
                Patterns = queued.Peer.Patterns,
                Timestamp = delivery.Timestamp.ToDateTimeOffset(),
                Logger = environment.Logger,
                Orchestrator = environment.Orchestrator,
                Services = scope.Services,
            };
            await handler(delivery, context, _cancellation.Token).ConfigureAwait(false);
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

    public void Dispose() => _cancellation.Dispose();
}
