using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>How a connection is moved on: by datagrams, by time, and to its end.</summary>
internal sealed class ConnectionDriverTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly SocketAddress Elsewhere = new IPEndPoint(IPAddress.Loopback, 2222).Serialize();

    [Test]
    public async Task Datagrams_wait_for_their_turn_until_the_handshake_is_done()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        server.SendClients();
        await server.ReceiveAsync();
        ConnectionDriver driver = server.Connection.Driver;
        Assert.That(driver.Receive(new byte[50], server.ClientAddress, ecn: 0), Is.False);

        await server.ConnectAsync();
        Assert.That(() => driver.Receive(new byte[50], server.ClientAddress, ecn: 0), Is.True.After(10_000, 1));
    }

    // Nobody moves before the handshake is done, RFC 9000 §9.
    [Test]
    public async Task A_handshake_takes_nothing_from_another_address()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        server.SendClients();
        while (server.Client.PeerCertificate is null)
        {
            await server.ReceiveAsync();
        }

        Assert.That(() => server.Listener.Handshakes.Turns, Is.EqualTo(1).After(10_000, 1));
        ConnectionDriver driver = server.Connection.Driver;
        foreach (byte[] datagram in server.TakeClients())
        {
            Assert.That(driver.Receive(datagram, Elsewhere, ecn: 0), Is.False);
        }

        driver.Receive(new byte[50], server.ClientAddress, ecn: 0);
        Assert.That(() => server.Listener.Handshakes.Turns, Is.EqualTo(2).After(10_000, 1));
        using (driver.Enter())
        {
            Assert.That(driver.Core.State, Is.EqualTo(ConnectionState.Handshaking));
        }
    }

    // RFC 9002 §6.2.1: a round trip of nothing, a millisecond for the timer, and the peer's 25 of acknowledgment delay.
    [Test]
    public async Task Asks_again_when_the_time_for_an_answer_is_over()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        QuicConnection connection = await server.ConnectAsync();
        await using QuicStream stream = await connection.OpenOutboundStreamAsync();
        server.ReceiveAll();
        await stream.WriteAsync(new byte[1]);
        Assert.That(server.Socket.Sent.TryRead(out _));

        server.Time.Advance(26 * Millisecond);
        Assert.That(server.Socket.Sent.TryRead(out _), Is.False);
        server.Time.Advance(Millisecond);
        Assert.That(server.ReceiveAll(), Is.GreaterThan(0));
        Assert.That(Events(server.Client), Is.EqualTo(new[] { StreamEventType.Opened, StreamEventType.Readable }));
    }

    [Test]
    public async Task Answers_who_does_not_know_that_it_is_closed_for_a_while_and_is_gone_then()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        QuicConnection connection = await server.ConnectAsync();
        server.ReceiveAll();
        connection.Close(errorCode: 7, "enough");
        Assert.That(server.Socket.Sent.TryRead(out byte[]? told));
        connection.Close(errorCode: 8);
        Assert.That(server.Socket.Sent.TryRead(out _), Is.False);

        Assert.That(connection.Driver.Receive(new byte[50], server.ClientAddress, ecn: 0));
        connection.Driver.FlushNow();
        Assert.That(server.Socket.Sent.TryRead(out byte[]? again));
        Assert.That(again, Is.EqualTo(told));

        // Three times the probe timeout, RFC 9000 §10.2.
        Assert.That((server.Listener.ConnectionCount, connection.Driver.IsRetired), Is.EqualTo((1, false)));
        server.Time.Advance(79 * Millisecond);
        Assert.That((server.Listener.ConnectionCount, server.Listener.Endpoint.RouteCount), Is.EqualTo((0, 0)));
        Assert.That(connection.Driver.IsRetired);
        connection.Close(errorCode: 9);
        connection.Driver.FlushNow();
        Assert.That(server.Socket.Sent.TryRead(out _), Is.False);
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("192.0.2.1", false)]
    public async Task Believes_its_own_machine_alone_that_nobody_listens_there(string client, bool isBelieved)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(IPAddress.Parse(client));
        QuicConnection connection = await server.ConnectAsync();
        connection.Driver.OnRefused();
        Assert.That((connection.Driver.IsRetired, server.Listener.Endpoint.RouteCount == 0), Is.EqualTo((isBelieved, isBelieved)));
        if (isBelieved)
        {
            QuicException lost = await QuicStreamTests.CatchAsync(connection.AcceptInboundStreamAsync().AsTask());
            Assert.That((lost.QuicError, lost.Message), Is.EqualTo((QuicError.ConnectionRefused, "the connection was lost: the peer's process has ended")));
        }
    }

    [Test]
    public async Task A_client_that_nobody_answers_gives_up_in_time_and_leaves_nothing()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var time = new ManualTimeProvider();
        QuicConnection connection = QuicEndpoint.Dial(new QuicClientOptions
        {
            RemoteEndPoint = (IPEndPoint)silent.Client.LocalEndPoint!,
            Connection = SimulatedPeers.Options(isServer: false, handshakeTimeout: 5_000_000),
            TimeProvider = time,
        });
        for (int i = 0; i < 5; i++)
        {
            Assert.That(connection.Connected.IsCompleted, Is.False);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        QuicException failed = await QuicStreamTests.CatchAsync(connection.Connected);
        Assert.That(failed.QuicError, Is.EqualTo(QuicError.ConnectionTimeout));
        Assert.That((connection.Driver.IsRetired, connection.Endpoint.RouteCount), Is.EqualTo((true, 0)));
        await connection.Endpoint.Ended.Guarded();
    }

    [Test]
    public async Task A_fault_is_told_to_the_peer_and_to_who_listens()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        QuicConnection connection = await server.ConnectAsync();
        server.ReceiveAll();
        var fault = new InvalidOperationException("a bug");
        connection.Driver.OnFault(fault);

        Assert.That(server.Faults, Is.EqualTo(new[] { fault }));
        Assert.That(server.ReceiveAll(), Is.EqualTo(1));
        Assert.That(server.Client.CloseReason!.ErrorCode, Is.EqualTo((long)TransportErrorCode.InternalError));
        QuicException lost = await QuicStreamTests.CatchAsync(connection.AcceptInboundStreamAsync().AsTask());
        Assert.That((lost.QuicError, lost.InnerException), Is.EqualTo((QuicError.InternalError, fault)));
        Assert.That(connection.Driver.IsRetired, Is.False, "it answers the peer for a while");
    }

    [Test]
    public async Task A_second_fault_ends_it_without_another_word()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        QuicConnection connection = await server.ConnectAsync();
        connection.Driver.OnFault(new InvalidOperationException("a bug"));
        server.ReceiveAll();
        connection.Driver.OnFault(new InvalidOperationException("another"));
        Assert.That(connection.Driver.IsRetired);
        Assert.That((server.Listener.ConnectionCount, server.Listener.Endpoint.RouteCount), Is.EqualTo((0, 0)));
        connection.Driver.OnFault(new InvalidOperationException("too late"));
        Assert.That((server.Faults.Count, server.ReceiveAll()), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_server_that_ends_waits_for_no_handshake_that_failed()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        server.SendClients();
        await server.ReceiveAsync();
        ConnectionDriver driver = server.Connection.Driver;
        driver.RetireIfRefused();
        Assert.That(driver.IsRetired, Is.False, "it goes on");
        driver.Close(errorCode: 0, "");
        driver.RetireIfRefused();
        Assert.That((driver.IsRetired, server.Listener.HandshakeCount), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task A_server_that_ends_waits_for_one_that_was_connected()
    {
        await using MemoryServer server = await MemoryServer.StartAsync();
        QuicConnection connection = await server.ConnectAsync();
        connection.Close(errorCode: 0);
        connection.Driver.RetireIfRefused();
        Assert.That(connection.Driver.IsRetired, Is.False);
    }

    private static StreamEventType[] Events(ConnectionCore core)
    {
        var types = new List<StreamEventType>();
        while (core.TryTakeStreamEvent(out StreamEvent e))
        {
            types.Add(e.Type);
        }

        return [.. types];
    }
}
