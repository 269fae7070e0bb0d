using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Fills up what docs/quic.md says that a listener keeps for anybody.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ListenerLimitTests
{
    private const int RetryFrom = 64;
    private const int Handshakes = 512;
    private const int PerSecond = 200;

    // As the table says: the first message out of order, and the state of a handshake around it.
    private const int MemoryOfHandshake = 128 * 1024;

    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Handshakes_their_memory_and_their_time()
    {
        await using QuicListener listener = await ListenAsync();
        using var client = new RawClient(listener.LocalEndPoint);
        int buffers = HeldBuffers.Count;
        long bytes = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Handshakes; i++)
        {
            PacketType answer = await BeginAsync(client, token: null, ConnectionId.Random(8));
            Assert.That(answer, Is.EqualTo(i < RetryFrom ? PacketType.Initial : PacketType.Retry));
        }

        Assert.That(listener.HandshakeCount, Is.EqualTo(Handshakes));
        for (int i = 0; i < 100; i++)
        {
            client.Send(InitialPacket.Create(ConnectionId.Random(8), InitialPacket.FarData));
        }

        await client.AskVersionsAsync();
        Assert.That(
            (listener.HandshakeCount, listener.ConnectionCount, listener.Endpoint.RouteCount),
            Is.EqualTo((Handshakes, Handshakes, 2 * Handshakes)));
        Assert.That(HeldBuffers.Count - buffers, Is.LessThanOrEqualTo(Handshakes));
        long each = (GC.GetTotalMemory(forceFullCollection: true) - bytes) / Handshakes;
        await TestContext.Out.WriteLineAsync($"{each} bytes a handshake");
        Assert.That(each, Is.LessThan(MemoryOfHandshake));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(
            (listener.HandshakeCount, listener.ConnectionCount, listener.Endpoint.RouteCount), Is.EqualTo((0, 0, 0)));
        Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(buffers));
    }

    [Test]
    public async Task Answers_without_a_connection()
    {
        await using QuicListener listener = await ListenAsync(options => options with { RetryThreshold = 0 });
        using var client = new RawClient(listener.LocalEndPoint);
        for (int second = 0; second < 2; second++)
        {
            int answers = 0;
            for (int burst = 0; burst < 6; burst++)
            {
                for (int i = 0; i < 50; i++)
                {
                    client.Send([0x41, 1, 2, 3, 4, 5, 6, 7, 8, .. new byte[50]]);
                }

                answers += await CountUntilRetryAsync(client);
            }

            Assert.That(answers, Is.EqualTo(PerSecond));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Test]
    public async Task Connections_that_nobody_accepts()
    {
        await using QuicListener listener = await ListenAsync(options => options with { MaxConnections = 2 });
        for (int i = 0; i < 2; i++)
        {
            // It is over before anybody took it, and still in memory.
            QuicConnection connection = await EndpointPair.DialAsync(listener);
            await connection.DisposeAsync();
            await WhenGoneAsync(listener);
        }

        QuicException exception = await QuicStreamTests.CatchAsync(EndpointPair.DialAsync(listener));
        Assert.That(exception.QuicError, Is.EqualTo(QuicError.ConnectionRefused));

        await listener.AcceptConnectionAsync().AsTask().Guarded();
        await using QuicConnection next = await EndpointPair.DialAsync(listener);
    }

    [Test]
    public async Task The_end_does_not_wait_for_a_client_that_was_refused()
    {
        QuicListener listener = await ListenAsync();
        var foreign = EndpointPair.ClientOptions(EndpointPair.Tls(identity: null));
        QuicException refusal = await QuicStreamTests.CatchAsync(EndpointPair.DialAsync(listener, foreign));
        Assert.That(refusal.QuicError, Is.EqualTo(QuicError.HandshakeFailed));
        Assert.That(listener.HandshakeCount, Is.EqualTo(1), "it could be told again");

        await listener.DisposeAsync();

        // The clock stands still.
        await listener.Endpoint.Ended.Guarded();
    }

    [Test]
    public void Datagrams_that_wait_for_their_turn([Values(1, 100, 1200, 8192)] int size)
    {
        const int Limit = 48 * 1024;
        const int Overhead = 64;
        int buffers = HeldBuffers.Count;
        var waiting = new WaitingDatagrams();
        for (int i = 0; i < 2 * Limit / size; i++)
        {
            Assert.That(waiting.TryAdd(new byte[size], ecn: 0, out bool needsTurn));
            Assert.That(needsTurn, Is.EqualTo(i == 0));
        }

        int kept = 0;
        while (waiting.TryTake(out (byte[] Buffer, int Length, int Ecn) datagram))
        {
            HeldBuffers.Return(datagram.Buffer);
            kept++;
        }

        Assert.That(kept, Is.EqualTo(Limit / (size + Overhead)));
        Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(buffers));
    }

    [Test]
    public void The_options_say_what_the_table_says()
    {
        var options = new QuicListenerOptions { ListenEndPoint = null!, Connection = null! };
        Assert.That(
            (options.MaxConnections, options.MaxHandshakes, options.RetryThreshold, options.MaxHandshakesOfAddress),
            Is.EqualTo((1024, Handshakes, RetryFrom, 128)));
    }

    private ValueTask<QuicListener> ListenAsync(Func<QuicListenerOptions, QuicListenerOptions>? change = null) =>
        EndpointPair.ListenAsync(change: options => (change ?? (static same => same))(options with { TimeProvider = _time }));

    /// <summary>Lets the time pass in which a peer may still ask why a connection was closed.</summary>
    private async Task WhenGoneAsync(QuicListener listener)
    {
        while (listener.Endpoint.RouteCount > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }

    /// <summary>Begins a handshake that comes no further, with a token if it takes one.</summary>
    private static async Task<PacketType> BeginAsync(RawClient client, byte[]? token, ConnectionId destination)
    {
        client.Send(InitialPacket.Create(destination, InitialPacket.FarData, token));
        byte[] answer = await client.ReceiveAsync();
        PacketType type = ReadAnswer(answer, out byte[] retryToken, out ConnectionId source);
        if (type == PacketType.Retry)
        {
            Assert.That(await BeginAsync(client, retryToken, source), Is.EqualTo(PacketType.Initial));
        }

        return type;
    }

    private static PacketType ReadAnswer(byte[] answer, out byte[] token, out ConnectionId source)
    {
        Assert.That(PacketHeader.TryParse(answer, LocalConnectionIds.Length, out PacketHeader header));
        token = header.Token.ToArray();
        source = header.Source;
        return header.Type;
    }

    /// <summary>A Retry is always answered, and so shows that all that was sent before has been looked at.</summary>
    private static async Task<int> CountUntilRetryAsync(RawClient client)
    {
        client.Send(InitialPacket.Create(ConnectionId.Random(8), "01"));
        int others = 0;
        while (ReadAnswer(await client.ReceiveAsync(), out _, out _) != PacketType.Retry)
        {
            others++;
        }

        return others;
    }
}
