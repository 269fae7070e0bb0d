using System.Net;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Who gets a place for a handshake at a listener that has none left, and who has to go for it.</summary>
internal sealed class HandshakePlacesTests
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);
    private static readonly IPAddress Greedy = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    [Test]
    public async Task The_oldest_makes_room_when_an_honest_one_would_long_be_done()
    {
        await using MemoryServer server = await StartAsync(places: 2);
        ConnectionId first = await BeginAsync(server);
        server.Time.Advance(Instant);
        ConnectionId second = await BeginAsync(server);

        server.Time.Advance(Age - (2 * Instant));
        await AssertNotAnsweredAsync(server);

        server.Time.Advance(Instant);
        var third = ConnectionId.Random(8);
        Send(server, third);
        Assert.That(
            QuicListenerTests.ReadClose(await server.Socket.Sent.ReadAsync().AsTask().Guarded(), first),
            Is.EqualTo(TransportErrorCode.ConnectionRefused));
        await server.Socket.Sent.ReadAsync().AsTask().Guarded();
        Assert.That(Begun(server), Is.EquivalentTo(new[] { second, third }), "nothing is left of it");

        // The next one is as old only now.
        await AssertNotAnsweredAsync(server);
        server.Time.Advance(Instant);
        await server.ConnectAsync();
        Assert.That(server.Listener.HandshakeCount, Is.EqualTo(1));
    }

    [Test]
    public async Task An_address_leaves_places_for_others_and_makes_room_for_itself()
    {
        await using MemoryServer server = await StartAsync(placesOfAddress: 2);
        ConnectionId other = await BeginAsync(server, Other);
        await BeginAsync(server, Greedy);
        ConnectionId second = await BeginAsync(server, Greedy);
        await AssertNotAnsweredAsync(server, Greedy);
        ConnectionId another = await BeginAsync(server, Other);

        server.Time.Advance(Age);
        var third = ConnectionId.Random(8);
        Send(server, third, Greedy);
        await server.Socket.Sent.ReadAsync().AsTask().Guarded();
        await server.Socket.Sent.ReadAsync().AsTask().Guarded();
        Assert.That(Begun(server), Is.EquivalentTo(new[] { other, second, another, third }));
    }

    [Test]
    public async Task An_address_gets_its_share_back_with_what_is_over()
    {
        await using MemoryServer server = await StartAsync(placesOfAddress: 1);
        await BeginAsync(server, Greedy);
        QuicConnection first = server.Connection;
        await AssertNotAnsweredAsync(server, Greedy);

        first.Driver.OnFault(new OperationCanceledException());
        first.Driver.OnFault(new OperationCanceledException());
        server.ReceiveAll();
        await BeginAsync(server, Greedy);
    }

    [Test]
    public async Task This_machine_has_all_places()
    {
        await using MemoryServer server = await StartAsync(placesOfAddress: 0);
        await BeginAsync(server, IPAddress.Loopback);
        await BeginAsync(server, IPAddress.Parse("127.1.2.3"));
    }

    [Test]
    public async Task One_that_is_done_gives_its_place_back_and_stays()
    {
        await using MemoryServer server = await StartAsync(places: 1);
        QuicConnection connection = await server.ConnectAsync();
        server.Time.Advance(Age);
        server.ReceiveAll();
        await BeginAsync(server);
        Assert.That((connection.Driver.IsRetired, connection.IsClosed), Is.EqualTo((false, false)));
    }

    private static Task<MemoryServer> StartAsync(int places = 10, int placesOfAddress = 10) => MemoryServer.StartAsync(change: options =>
        options with { MaxHandshakes = places, MaxHandshakesOfAddress = placesOfAddress, RetryThreshold = int.MaxValue });

    /// <summary>Begins a handshake that comes no further, and sees it answered.</summary>
    private static async Task<ConnectionId> BeginAsync(MemoryServer server, IPAddress? client = null)
    {
        var destination = ConnectionId.Random(8);
        Send(server, destination, client);
        byte[] answer = await server.Socket.Sent.ReadAsync().AsTask().Guarded();
        Assert.That(PacketHeader.TryParse(answer, 8, out PacketHeader header));
        Assert.That(header.Type, Is.EqualTo(PacketType.Initial));
        Assert.That(Begun(server), Does.Contain(destination));
        return destination;
    }

    private static async Task AssertNotAnsweredAsync(MemoryServer server, IPAddress? client = null)
    {
        Send(server, ConnectionId.Random(8), client);

        // The answer to this one shows that the one before got none.
        server.Socket.Deliver(RawClient.UnknownVersion, server.ClientAddress);
        byte[] answer = await server.Socket.Sent.ReadAsync().AsTask().Guarded();
        Assert.That(PacketWriter.TryReadVersionNegotiation(answer, out _));
    }

    private static void Send(MemoryServer server, in ConnectionId destination, IPAddress? client = null) => server.Socket.Deliver(
        InitialPacket.Create(destination, InitialPacket.FarData),
        client is null ? server.ClientAddress : new IPEndPoint(client, 2222).Serialize());

    /// <summary>The ids that the clients of the server's connections chose.</summary>
    private static IEnumerable<ConnectionId> Begun(MemoryServer server) =>
        server.Listener.Endpoint.Routes.Select(static route => route.Value.OriginalDestination!.Value).Distinct();
}
