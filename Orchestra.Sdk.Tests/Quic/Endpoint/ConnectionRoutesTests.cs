using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

internal sealed class ConnectionRoutesTests
{
    private static readonly SocketAddress Remote = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();

    [Test]
    public async Task Lead_to_a_connection_by_its_ids_until_it_is_over()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync(change: static options => options with { Bind = static _ => new MemorySocket() });
        QuicEndpoint endpoint = listener.Endpoint;
        using var core = ConnectionCore.CreateClient(SimulatedPeers.Client(), Remote, now: 1_000_000);
        ConnectionId original = ConnectionId.Random(8);
        var connection = new QuicConnection(endpoint, core, isServer: false, Remote) { OriginalDestination = original };
        endpoint.AddRoute(original, connection);
        var routes = new ConnectionRoutes(endpoint, connection);

        routes.Update(core);
        Assert.That(endpoint.Routes.Select(static route => route.Key), Is.EquivalentTo([original, .. core.LocalIds]));
        Assert.That(endpoint.Routes.Select(static route => route.Value), Is.All.SameAs(connection));

        routes.Remove(core);
        Assert.That(endpoint.Routes, Is.Empty);
    }

    // Ids are random: who gave one away must not take it from whom it leads to now.
    [Test]
    public async Task Are_taken_from_no_other_connection()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync(change: static options => options with { Bind = static _ => new MemorySocket() });
        QuicEndpoint endpoint = listener.Endpoint;
        using var core = ConnectionCore.CreateClient(SimulatedPeers.Client(), Remote, now: 1_000_000);
        var connection = new QuicConnection(endpoint, core, isServer: false, Remote);
        var other = new QuicConnection(endpoint, core, isServer: false, Remote);
        Assert.That(endpoint.AddRoute(core.LocalIds.First(), other));

        var routes = new ConnectionRoutes(endpoint, connection);
        routes.Update(core);
        routes.Remove(core);
        Assert.That(endpoint.Routes.Single().Value, Is.SameAs(other));
        endpoint.RemoveRoute(core.LocalIds.First(), other);
    }
}
