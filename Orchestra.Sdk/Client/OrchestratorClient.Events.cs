using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Client;

/// <summary>Events and health.</summary>
public sealed partial class OrchestratorClient
{
    /// <summary>Who calls; empty when nothing is registered.</summary>
    private string PluginId => _options.Registration?.Id ?? "";

    /// <summary>Publishes an event.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="eventType">What happened.</param>
    /// <param name="payload">The details; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives the request up; it may have been carried out.</param>
    /// <returns>A task that ends when the peer has taken the event.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task PublishAsync(
        string topic, string eventType, Struct? payload = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(eventType);
        var publish = new Publish { Topic = topic, EventType = eventType, Payload = payload, SourcePlugin = PluginId };
        RequireEmpty("publish", await SendAsync(new PluginRequest { Publish = publish }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Subscribes to a topic. A plugin's own <c>[OnEvent]</c> methods need no call of this. A subscription does not outlive the
    /// connection.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="filters">Fields of the payload and the texts that they must have; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives the request up; it may have been carried out.</param>
    /// <returns>The subscription's id, a new UUIDv7.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<string> SubscribeAsync(
        string topic, IEnumerable<KeyValuePair<string, string>>? filters = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var subscribe = new Subscribe { SubscriptionId = RequestSender.NewId(), Topic = topic };
        foreach ((string field, string value) in filters ?? [])
        {
            subscribe.Filters[field] = value;
        }

        PluginResponse response = await SendAsync(new PluginRequest { Subscribe = subscribe }, cancellationToken).ConfigureAwait(false);
        return response.EventDelivery is not null ? subscribe.SubscriptionId : throw _sender.Unexpected("subscribe", response);
    }

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscriptionId">What <see cref="SubscribeAsync"/> returned.</param>
    /// <param name="cancellationToken">Gives the request up; it may have been carried out.</param>
    /// <returns>A task that ends when the subscription has.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task UnsubscribeAsync(string subscriptionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscriptionId);
        var request = new PluginRequest { Unsubscribe = new Unsubscribe { SubscriptionId = subscriptionId } };
        RequireEmpty("unsubscribe", await SendAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Asks the peer how it is.</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>How it is, with details.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<HealthResult> HealthAsync(CancellationToken cancellationToken = default)
    {
        PluginResponse response = await SendAsync(
            new PluginRequest { Health = new HealthRequest() }, cancellationToken).ConfigureAwait(false);
        return response.Health ?? throw _sender.Unexpected("health", response);
    }

    private void RequireEmpty(string request, PluginResponse response)
    {
        if (response.ResponseCase != PluginResponse.ResponseOneofCase.None)
        {
            throw _sender.Unexpected(request, response);
        }
    }
}
