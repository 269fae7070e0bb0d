using System.Net;
using System.Runtime.CompilerServices;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

public sealed class QuicListenerTests
{
    private static readonly byte[] Destination = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Source = [9, 8, 7];

    [Test]
    public async Task Answers_an_unknown_version_with_those_it_speaks()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync();
        using var client = new RawClient(listener.LocalEndPoint);

        // Too short to be answered; then one that is long enough.
        client.Send(LongHeader(version: 0x1a2a3a4a, length: 1199));
        client.Send(LongHeader(version: 0x1a2a3a4b, length: 1200));

        byte[] answer = await client.ReceiveAsync();
        Assert.That(PacketWriter.TryReadVersionNegotiation(answer, out bool listsVersion1) && listsVersion1);
        Assert.That(PacketHeader.TryParse(answer, 8, out PacketHeader header));
        Assert.That(header.Destination, Is.EqualTo(ConnectionId.Of(Source)));
        Assert.That(header.Source, Is.EqualTo(ConnectionId.Of(Destination)));
    }

    [Test]
    public async Task Answers_a_packet_of_a_lost_connection_with_a_stateless_reset()
    {
        ConnectionOptions options = EndpointPair.ServerOptions();
        await using QuicListener listener = await EndpointPair.ListenAsync(options);
        using var client = new RawClient(listener.LocalEndPoint);
        byte[] packet = [0x41, .. Destination, .. new byte[50]];

        // Too short to be answered by something shorter; then one that is not.
        client.Send(packet.AsSpan(0, StatelessReset.MinLength));
        client.Send(packet);

        byte[] answer = await client.ReceiveAsync();
        byte[] token = new byte[StatelessReset.TokenLength];
        StatelessReset.ComputeToken(options.StatelessResetKey, ConnectionId.Of(Destination), token);
        Assert.That(answer, Has.Length.InRange(StatelessReset.MinLength, packet.Length - 1));
        Assert.That(answer[0] & 0xc0, Is.EqualTo(0x40));
        Assert.That(answer[^StatelessReset.TokenLength..], Is.EqualTo(token));
    }

    [Test]
    public async Task Makes_clients_show_their_address_when_too_many_handshakes_are_under_way()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync(change: options => options with { RetryThreshold = 0 });
        using (var raw = new RawClient(listener.LocalEndPoint))
        {
            raw.Send(LongHeader(PacketWriter.Version1, length: 1200));
            Assert.That(PacketHeader.TryParse(await raw.ReceiveAsync(), 8, out PacketHeader answer));
            Assert.That(answer.Type, Is.EqualTo(PacketType.Retry));
            Assert.That(listener.ConnectionCount, Is.Zero);
        }

        await using QuicConnection client = await EndpointPair.DialAsync(listener);
        await using QuicConnection server = await listener.AcceptConnectionAsync().AsTask().Guarded();
        await using QuicStream stream = await client.OpenOutboundStreamAsync();
        await stream.WriteAsync(new byte[1], completeWrites: true);
        await using QuicStream accepted = await server.AcceptInboundStreamAsync().AsTask().Guarded();
        Assert.That(await accepted.ReadAsync(new byte[2]).AsTask().Guarded(), Is.EqualTo(1));
    }

    [Test]
    public async Task Tells_a_client_at_once_that_its_token_is_bad()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync(change: options => options with { RetryThreshold = 0 });
        using var client = new RawClient(listener.LocalEndPoint);
        client.Send(LongHeader(PacketWriter.Version1, length: 1200));
        Assert.That(PacketHeader.TryParse(await client.ReceiveAsync(), 8, out PacketHeader retry));

        // The token of a Retry, with another id than it was made for: one that somebody took along.
        client.Send(LongHeader(PacketWriter.Version1, length: 1200, retry.Token.ToArray()));

        byte[] answer = await client.ReceiveAsync();
        Assert.That(ReadClose(answer, ConnectionId.Of(Destination)), Is.EqualTo(TransportErrorCode.InvalidToken));
        Assert.That(listener.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task Answers_no_handshakes_beyond_the_limit()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync(change: options => options with { MaxHandshakes = 0 });
        using var client = new RawClient(listener.LocalEndPoint);
        for (int i = 0; i < 100; i++)
        {
            client.Send(InitialPacket.Create(ConnectionId.Random(8), "01"));
        }

        // The answer to this one shows that those before got none.
        client.Send(LongHeader(version: 0x1a2a3a4a, length: 1200));
        Assert.That(PacketWriter.TryReadVersionNegotiation(await client.ReceiveAsync(), out _));
        Assert.That(listener.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task Refuses_connections_beyond_the_limit_until_nothing_is_left_of_one()
    {
        var time = new ManualTimeProvider();
        await using QuicListener listener = await EndpointPair.ListenAsync(
            change: options => options with { MaxConnections = 1, TimeProvider = time });
        QuicConnection first = await EndpointPair.DialAsync(listener);
        QuicConnection accepted = await listener.AcceptConnectionAsync().AsTask().Guarded();

        await AssertRefusedAsync();

        await first.DisposeAsync();
        await QuicStreamTests.CatchAsync(accepted.AcceptInboundStreamAsync().AsTask());

        // For a while its ids are still known.
        await AssertRefusedAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await using QuicConnection second = await EndpointPair.DialAsync(listener);

        async Task AssertRefusedAsync()
        {
            QuicException exception = await QuicStreamTests.CatchAsync(EndpointPair.DialAsync(listener));
            Assert.That(exception.QuicError, Is.EqualTo(QuicError.ConnectionRefused));
            Assert.That(exception.Message, Does.StartWith("the peer takes no more connections"));
        }
    }

    [Test]
    public async Task Drops_what_is_no_beginning_of_a_connection()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync();
        using var client = new RawClient(listener.LocalEndPoint);
        client.Send([]);
        client.Send([0xff]);
        client.Send(LongHeader(PacketWriter.Version1, length: 1199));
        byte[] shortId = LongHeader(PacketWriter.Version1, length: 1200);
        shortId[5] = 7;
        client.Send(shortId);

        // The answer to this one shows that those before got none.
        client.Send(LongHeader(version: 0x1a2a3a4a, length: 1200));
        Assert.That(PacketWriter.TryReadVersionNegotiation(await client.ReceiveAsync(), out _));
        Assert.That(listener.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task Lets_accepted_connections_go_on_when_it_is_disposed_of()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        await pair.Listener.DisposeAsync();
        Assert.That(async () => await pair.Listener.AcceptConnectionAsync(), Throws.TypeOf<ObjectDisposedException>());

        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        await client.DisposeAsync();
        await server.DisposeAsync();
        Assert.That(pair.Listener.Endpoint.Ended.IsCompleted, Is.False);
    }

    [Test]
    public async Task Leaves_nothing_behind()
    {
        EndpointPair pair = await EndpointPair.ConnectAsync();
        IPEndPoint address = pair.Listener.LocalEndPoint;
        await pair.DisposeAsync();

        // The thread ends with the socket, after the time in which the peer may still ask why.
        await pair.Listener.Endpoint.Ended.Guarded();
        await pair.Client.Endpoint.Ended.Guarded();
        Assert.That(pair.Listener.Endpoint.RouteCount + pair.Client.Endpoint.RouteCount, Is.Zero);
        using var socket = UdpSocket.Bind(address);
    }

    [Test]
    public async Task Keeps_nothing_of_a_thousand_closed_connections()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync();
        var connections = new List<WeakReference>(capacity: 2000);
        long before = 0;
        for (int i = 0; i < 1000; i++)
        {
            connections.AddRange(await ConnectAndCloseAsync(listener, closedByServer: i % 2 == 0));
            if (i == 100)
            {
                // All pools are filled by now.
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        // No more than the references themselves, and what the test framework does meanwhile.
        Assert.That((GC.GetTotalMemory(forceFullCollection: true) - before) / 900, Is.LessThan(500));

        await listener.DisposeAsync();
        await listener.Endpoint.Ended.Guarded();
        Assert.That(listener.ConnectionCount, Is.Zero);
        Assert.That(listener.Endpoint.RouteCount, Is.Zero);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // A few may still be on the stack of somebody.
        Assert.That(connections.Count(static reference => reference.IsAlive), Is.LessThan(20));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference[]> ConnectAndCloseAsync(QuicListener listener, bool closedByServer)
    {
        QuicConnection client = await EndpointPair.DialAsync(listener);
        QuicConnection server = await listener.AcceptConnectionAsync().AsTask().Guarded();
        await (closedByServer ? server : client).DisposeAsync();
        await QuicStreamTests.CatchAsync((closedByServer ? client : server).AcceptInboundStreamAsync().AsTask());
        await client.Endpoint.Ended.Guarded();
        return [new WeakReference(client), new WeakReference(server)];
    }

    /// <summary>The code with which an Initial packet closes what it answers.</summary>
    internal static TransportErrorCode ReadClose(byte[] packet, in ConnectionId destination)
    {
        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(destination);
        using (client)
        using (server)
        {
            Assert.That(PacketHeader.TryParse(packet, 8, out PacketHeader header));
            Assert.That(HeaderProtection.TryRemove(packet, header.PacketNumberOffset, server, out int numberLength, out long number));
            int start = header.PacketNumberOffset + numberLength;
            Assert.That(server.TryDecrypt(number, packet.AsSpan(0, start), packet.AsSpan(start)));
            var reader = new FrameReader(packet.AsSpan(start, packet.Length - start - PacketKeys.TagLength));
            Assert.That(reader.TryRead(out Frame frame));
            Assert.That(frame.Type, Is.EqualTo(FrameType.ConnectionClose));
            return (TransportErrorCode)frame.ErrorCode;
        }
    }

    private static byte[] LongHeader(uint version, int length, byte[]? token = null)
    {
        byte[] packet = new byte[length];
        var writer = new SpanWriter(packet);
        writer.WriteByte(0xc0);
        writer.WriteUInt32(version);
        writer.WriteByte((byte)Destination.Length);
        writer.WriteBytes(Destination);
        writer.WriteByte((byte)Source.Length);
        writer.WriteBytes(Source);

        // All the rest is the packet.
        writer.WriteVarInt(token?.Length ?? 0);
        writer.WriteBytes(token);
        writer.WriteVarInt(length - writer.Position - 2, 2);
        return packet;
    }
}
