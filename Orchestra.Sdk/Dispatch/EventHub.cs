using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Brings events to the plugin's subscriptions. Each has a queue of its own: its events come in order, one at a time, and a slow
/// handler holds up no other.
/// </summary>
internal sealed class EventHub(PluginEnvironment environment, CancellationToken stopping)
{
    private readonly PluginServerOptions _options = environment.Options;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EventQueue> _queues = [];
    private readonly ActiveSet<EventQueue> _running = new();

    /// <summary>Subscribes; the id of the subscription.</summary>
    public string Subscribe(string topic, IEnumerable<(string Field, string Value)> filters, EventSubscriber handler)
    {
        string id = Guid.CreateVersion7().ToString();
        var queue = new EventQueue(id, topic, [.. filters], handler, environment, stopping);
        lock (_gate)
        {
            _queues.Add(id, queue);
        }

        return id;
    }

    /// <summary>Has the methods of the plugin's class get their events.</summary>
    public void Subscribe(PluginInstance plugin)
    {
        IReadOnlyList<EventSubscription> events = plugin.Definition.Events;
        for (int i = 0; i < events.Count; i++)
        {
            int index = i;
            Subscribe(events[index].Topic, events[index].Filters, async (delivery, context, cancellationToken) =>
            {
                ToolResponse? rejection = await plugin.HandleEvent(index, delivery, context, cancellationToken).ConfigureAwait(false);
                if (rejection is not null)
                {
                    environment.Logger.EventRejected(QuotedName.Of(delivery.Topic), rejection.ErrorMessage);
                }
            });
        }
    }

    /// <summary>Ends a subscription and forgets its events that wait; false when there is none.</summary>
    public bool Unsubscribe(string id)
    {
        lock (_gate)
        {
            if (!_queues.Remove(id, out EventQueue? queue))
            {
                return false;
            }

            while (queue.TryTake(out _, out int size))
            {
                environment.Bytes.Release(size);
            }

            return true;
        }
    }

    /// <summary>
    /// Queues the event for each subscription that wants it, or for none where a queue is full: then the answer says so, and the
    /// publisher may try again.
    /// </summary>
    public ToolResponse? Publish(Publish message)
    {
        lock (_gate)
        {
            List<EventQueue>? takers = null;
            foreach (EventQueue queue in _queues.Values)
            {
                if (queue.Wants(message))
                {
                    (takers ??= []).Add(queue);
                }
            }

            if (takers is null)
            {
                return null;
            }

            int size = message.CalculateSize();
            if (takers.Exists(queue => queue.Count >= _options.MaxQueuedEvents)
                || !environment.Bytes.TryTake((long)size * takers.Count))
            {
                return Responses.ToolError(
                    ErrorCodes.Overloaded,
                    $"too many events of topic {QuotedName.Of(message.Topic)} wait to be handled; none took this one, try again later");
            }

            var timestamp = Timestamp.FromDateTimeOffset(_options.TimeProvider.GetUtcNow());
            foreach (EventQueue queue in takers)
            {
                queue.Add(message, timestamp, size);
                if (!queue.IsRunning)
                {
                    queue.IsRunning = true;
                    _running.Add(queue);
                    _ = Task.Run(() => RunAsync(queue), CancellationToken.None);
                }
            }

            return null;
        }
    }

    /// <summary>Ends when no event waits or is being handled.</summary>
    public Task WhenIdle() => _running.WhenEmpty();

    private async Task RunAsync(EventQueue queue)
    {
        while (true)
        {
            EventDelivery delivery;
            int size;
            lock (_gate)
            {
                if (!queue.TryTake(out delivery, out size))
                {
                    queue.IsRunning = false;
                    _running.Remove(queue);
                    return;
                }
            }

            await queue.HandleAsync(delivery).ConfigureAwait(false);
            environment.Bytes.Release(size);
        }
    }
}
