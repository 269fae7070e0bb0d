using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

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
        var log = new LimitedLogger(environment.Logger, new LogRate(LogRate.PerPeer, _options.TimeProvider));
        for (int i = 0; i < events.Count; i++)
        {
            int index = i;
            Subscribe(events[index].Topic, events[index].Filters, async (delivery, context, cancellationToken) =>
            {
                ToolResponse? rejection = await plugin.HandleEvent(index, delivery, context, cancellationToken).ConfigureAwait(false);
                if (rejection is not null)
                {
                    log.EventRejected(QuotedName.Of(delivery.Topic), rejection.ErrorMessage);
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

            while (queue.TryTake(out QueuedEvent waiting))
            {
                waiting.Peer.Share.Bytes.Release(waiting.Size);
            }

            // Else the last event, which is being handled, does it.
            if (!queue.IsRunning)
            {
                queue.Dispose();
            }

            return true;
        }
    }

    public ValueTask<Answer> AnswerAsync(IncomingRequest request, CancellationToken cancellationToken) =>
        new(Publish(request.Message.Publish, request.Peer) is { } refusal ? new PluginResponse { ToolCall = refusal } : Responses.Empty());

    /// <summary>
    /// Queues the event for each subscription that wants it, or for none where a queue is full: then the answer says so, and the
    /// publisher may try again.
    /// </summary>
    /// <param name="message">The event.</param>
    /// <param name="peer">Whoever brought it.</param>
    private ToolResponse? Publish(Publish message, Peer peer)
    {
        List<EventQueue> takers = FindTakers(message);
        if (takers.Count == 0)
        {
            return null;
        }

        int size = SizeOf(message);
        long taken = (long)size * takers.Count;
        if (!peer.Share.Bytes.TryTake(taken))
        {
            return Overloaded(message);
        }

        // Copied while nobody waits for it: an event may have 16 MiB.
        var timestamp = Timestamp.FromDateTimeOffset(_options.TimeProvider.GetUtcNow());
        List<QueuedEvent> copies;
        try
        {
            copies = takers.ConvertAll(queue => queue.Copy(message, timestamp, peer, size));
        }
        catch
        {
            peer.Share.Bytes.Release(taken);
            throw;
        }

        if (TryAdd(takers, copies, out long unused))
        {
            peer.Share.Bytes.Release(unused);
            return null;
        }

        peer.Share.Bytes.Release(taken);
        return Overloaded(message);
    }

    /// <summary>Ends when no event waits or is being handled.</summary>
    public Task WhenIdle() => _running.WhenEmpty();

    private static ToolResponse Overloaded(Publish message) => Responses.ToolError(
        ErrorCodes.Overloaded,
        $"too many events of topic {QuotedName.Of(message.Topic)} wait to be handled; none took this one, try again later");

    private List<EventQueue> FindTakers(Publish message)
    {
        lock (_gate)
        {
            List<EventQueue> takers = [];
            foreach (EventQueue queue in _queues.Values)
            {
                if (queue.Wants(message))
                {
                    takers.Add(queue);
                }
            }

            return takers;
        }
    }

    /// <summary>Queues all of them, but for subscriptions that have ended meanwhile; or none, where a queue is full.</summary>
    private bool TryAdd(List<EventQueue> takers, List<QueuedEvent> copies, out long unused)
    {
        unused = 0;
        lock (_gate)
        {
            if (takers.Exists(queue => queue.Count >= _options.MaxQueuedEvents))
            {
                return false;
            }

            for (int i = 0; i < takers.Count; i++)
            {
                EventQueue queue = takers[i];
                if (!_queues.ContainsKey(queue.Id))
                {
                    unused += copies[i].Size;
                    continue;
                }

                queue.Add(copies[i]);
                if (!queue.IsRunning)
                {
                    queue.IsRunning = true;
                    _running.Add(queue);
                    _ = Task.Run(() => RunAsync(queue), CancellationToken.None);
                }
            }

            return true;
        }
    }

    /// <summary>What a copy of it takes, as each subscription gets one.</summary>
    private static int SizeOf(Publish message)
    {
        using PooledBuffer bytes = MessageWriter.Encode(message);
        var scan = MessageScan.Of(bytes.Span[MessageFraming.HeaderSize..], MessageShape.Publish);
        return (int)Math.Min(scan.ObjectBytes, int.MaxValue);
    }

    private async Task RunAsync(EventQueue queue)
    {
        while (true)
        {
            QueuedEvent next;
            lock (_gate)
            {
                if (!queue.TryTake(out next))
                {
                    queue.IsRunning = false;
                    _running.Remove(queue);
                    if (!_queues.ContainsKey(queue.Id))
                    {
                        queue.Dispose();
                    }

                    return;
                }
            }

            await queue.HandleAsync(next).ConfigureAwait(false);
            next.Peer.Share.Bytes.Release(next.Size);
        }
    }
}
