using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Quic.Simulation;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>A listener on a socket in memory, and the state machine of one client of it. Time stands still unless a test moves it.</summary>
internal sealed class MemoryServer : IAsyncDisposable
{
    private const long ClientNow = 1_000_000;

    private readonly byte[] _buffer = new byte[ConnectionCore.LargestDatagramSize];

    private MemoryServer(QuicListener listener, MemorySocket socket, ManualTimeProvider time, IPAddress client)
    {
        Listener = listener;
        Socket = socket;
        Time = time;
        ClientAddress = new IPEndPoint(client, 1111).Serialize();
        Client = ConnectionCore.CreateClient(
            SimulatedPeers.Options(isServer: false), socket.LocalEndPoint.Serialize(), ClientNow);
    }

    public QuicListener Listener { get; }

    public MemorySocket Socket { get; }

    public ManualTimeProvider Time { get; }

    public SocketAddress ClientAddress { get; }

    public ConnectionCore Client { get; }

    /// <summary>What the server told of faults.</summary>
    public List<Exception> Faults { get; } = [];

    /// <summary>The server's side of the connection.</summary>
    public QuicConnection Connection => Listener.Endpoint.Routes.First().Value;

    public static async Task<MemoryServer> StartAsync(IPAddress? client = null, Func<QuicListenerOptions, QuicListenerOptions>? change = null)
    {
        var socket = new MemorySocket();
        var time = new ManualTimeProvider();
        MemoryServer server = null!;
        QuicListener listener = await EndpointPair.ListenAsync(
            SimulatedPeers.Options(isServer: true),
            options => (change ?? (static same => same))(
                options with { TimeProvider = time, Bind = _ => socket, OnFault = e => server.Faults.Add(e) }));
        server = new MemoryServer(listener, socket, time, client ?? IPAddress.Loopback);
        return server;
    }

    /// <summary>Goes through the handshake.</summary>
    public async Task<QuicConnection> ConnectAsync()
    {
        SendClients();
        while (!Client.IsHandshakeConfirmed)
        {
            await ReceiveAsync();
            SendClients();
        }

        return await Listener.AcceptConnectionAsync().AsTask().Guarded();
    }

    /// <summary>Delivers all that the client has to send.</summary>
    public void SendClients()
    {
        foreach (byte[] datagram in TakeClients())
        {
            Socket.Deliver(datagram, ClientAddress);
        }
    }

    /// <summary>All that the client has to send.</summary>
    public IReadOnlyList<byte[]> TakeClients()
    {
        List<byte[]> datagrams = [];
        int length;
        while ((length = Client.Send(_buffer, ClientNow)) > 0)
        {
            datagrams.Add(_buffer[..length]);
        }

        return datagrams;
    }

    /// <summary>Gives the client the next datagram of the server.</summary>
    public async Task ReceiveAsync() => Receive(await Socket.Sent.ReadAsync().AsTask().Guarded());

    /// <summary>Gives the client those that are there.</summary>
    /// <returns>How many there were.</returns>
    public int ReceiveAll()
    {
        int count = 0;
        for (; Socket.Sent.TryRead(out byte[]? datagram); count++)
        {
            Receive(datagram);
        }

        return count;
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, QuicConnection connection) in Listener.Endpoint.Routes)
        {
            // Twice: nothing is left of it then.
            connection.Driver.OnFault(new OperationCanceledException());
            connection.Driver.OnFault(new OperationCanceledException());
        }

        await Listener.DisposeAsync();
        await Listener.Endpoint.Ended.Guarded();
        Client.Dispose();
        Assert.That((Listener.Endpoint.RouteCount, Listener.ConnectionCount, Listener.HandshakeCount), Is.EqualTo((0, 0, 0)));
    }

    private void Receive(byte[] datagram) =>
        Client.Receive(new ReceivedDatagram(datagram, Socket.LocalEndPoint.Serialize(), ecn: 0, ClientNow));
}
