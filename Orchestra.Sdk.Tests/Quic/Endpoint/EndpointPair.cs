using System.Net;
using System.Security.Cryptography;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Tls;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>A listener on loopback, a client's connection to it, and the connection that it accepted.</summary>
internal sealed class EndpointPair : IAsyncDisposable
{
    public const string Protocol = "orchestra-plugin";

    private EndpointPair(QuicListener listener, QuicConnection client, QuicConnection server)
    {
        Listener = listener;
        Client = client;
        Server = server;
    }

    public QuicListener Listener { get; }

    public QuicConnection Client { get; }

    public QuicConnection Server { get; }

    public static async Task<EndpointPair> ConnectAsync(ConnectionOptions? server = null, ConnectionOptions? client = null)
    {
        QuicListener listener = await ListenAsync(server);
        Task<QuicConnection> accepting = listener.AcceptConnectionAsync().AsTask();
        QuicConnection dialed = await DialAsync(listener, client);
        return new EndpointPair(listener, dialed, await accepting.Guarded());
    }

    public static ValueTask<QuicListener> ListenAsync(ConnectionOptions? connection = null, Func<QuicListenerOptions, QuicListenerOptions>? change = null)
    {
        var options = new QuicListenerOptions
        {
            ListenEndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Connection = connection ?? ServerOptions(),
        };
        return QuicListener.ListenAsync(change is null ? options : change(options));
    }

    public static Task<QuicConnection> DialAsync(QuicListener listener, ConnectionOptions? connection = null) =>
        DialAsync(listener.LocalEndPoint, connection);

    public static Task<QuicConnection> DialAsync(IPEndPoint endPoint, ConnectionOptions? connection = null) =>
        QuicConnection.ConnectAsync(new QuicClientOptions { RemoteEndPoint = endPoint, Connection = connection ?? ClientOptions() })
            .AsTask().Guarded();

    public static ConnectionOptions ServerOptions(TlsIdentity? identity = null, int maxStreams = 100) => new()
    {
        IsServer = true,
        Tls = Tls(identity ?? TestIdentities.Server),
        StatelessResetKey = RandomNumberGenerator.GetBytes(32),
        Streams = new StreamOptions { MaxBidirectional = maxStreams, MaxUnidirectional = maxStreams },
    };

    public static ConnectionOptions ClientOptions(TlsOptions? tls = null) => new()
    {
        IsServer = false,
        Tls = tls ?? Tls(TestIdentities.Client),
        StatelessResetKey = RandomNumberGenerator.GetBytes(32),
    };

    public static TlsOptions Tls(
        TlsIdentity? identity,
        string protocol = Protocol,
        TestCertificate? authority = null,
        string? targetName = "127.0.0.1",
        TimeProvider? time = null) => new()
        {
            ApplicationProtocol = protocol,
            Identity = identity,
            TrustedAuthorities = [(authority ?? TestIdentities.Authority).Der],
            TargetName = targetName,
            Time = time ?? new FixedTime(),
        };

    /// <summary>A stream of the client's that the server has accepted, for which it must have seen a byte.</summary>
    public async Task<(QuicStream Client, QuicStream Server)> OpenStreamAsync()
    {
        QuicStream client = await Client.OpenOutboundStreamAsync().AsTask().Guarded();
        await client.WriteAsync(new byte[] { 42 }).AsTask().Guarded();
        QuicStream server = await Server.AcceptInboundStreamAsync().AsTask().Guarded();
        Assert.That(await server.ReadAsync(new byte[1]).AsTask().Guarded(), Is.EqualTo(1));
        return (client, server);
    }

    public async ValueTask DisposeAsync()
    {
        AssertRoutes(Client.Endpoint);
        AssertRoutes(Listener.Endpoint);
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Listener.DisposeAsync();
        await Client.Endpoint.Ended.Guarded();
        await Listener.Endpoint.Ended.Guarded();
        Assert.That(
            (Client.Endpoint.RouteCount, Listener.Endpoint.RouteCount, Listener.ConnectionCount, Listener.HandshakeCount),
            Is.EqualTo((0, 0, 0, 0)));
    }

    /// <summary>Every id that leads to a connection is one of its own, and every one of its own leads there.</summary>
    private static void AssertRoutes(QuicEndpoint endpoint) =>
        Assert.That(() => endpoint.Routes.GroupBy(static route => route.Value).All(HasJustItsIds), Is.True.After(10_000, 1));

    private static bool HasJustItsIds(IGrouping<QuicConnection, KeyValuePair<ConnectionId, QuicConnection>> routes)
    {
        QuicConnection connection = routes.Key;
        using (connection.Driver.Enter())
        {
            IEnumerable<ConnectionId> chosen = connection.OriginalDestination is { } original ? [original] : [];
            return connection.Driver.Core.LocalIds.Concat(chosen).ToHashSet().SetEquals(routes.Select(static route => route.Key));
        }
    }

    /// <summary>When the certificates of the tests are valid.</summary>
    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(TestIdentities.Now);
    }
}
