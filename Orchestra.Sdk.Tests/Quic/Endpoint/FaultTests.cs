using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Tls;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Faults of our own, put where no peer could cause one: they end one connection and none of the threads that serve others.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FaultTests
{
    private readonly FaultyTime _time = new();
    private readonly List<Exception> _told = [];

    [Test]
    public async Task The_thread_that_receives_goes_on_after_a_fault_of_one_connection()
    {
        await using QuicListener listener = await ListenAsync();
        await using QuicConnection first = await EndpointPair.DialAsync(listener);
        await using QuicConnection firstAccepted = await listener.AcceptConnectionAsync().AsTask().Guarded();
        await using QuicConnection second = await EndpointPair.DialAsync(listener);
        await using QuicConnection secondAccepted = await listener.AcceptConnectionAsync().AsTask().Guarded();

        _time.Throw(times: 1, onReceivingThread: true);
        await using QuicStream stream = await first.OpenOutboundStreamAsync();
        await stream.WriteAsync(new byte[1]);

        // Either of them may have been hit; the other one is served, and so are new ones.
        Task<QuicException> firstLost = QuicStreamTests.CatchAsync(first.AcceptInboundStreamAsync().AsTask());
        Task<QuicException> secondLost = QuicStreamTests.CatchAsync(second.AcceptInboundStreamAsync().AsTask());
        Task<QuicException> lost = await Task.WhenAny(firstLost, secondLost).Guarded();
        AssertInternalError(await lost);
        await AssertServedAsync(lost == firstLost ? second : first, lost == firstLost ? secondAccepted : firstAccepted);
        await using QuicConnection third = await EndpointPair.DialAsync(listener);
        Assert.That(_told, Has.Count.EqualTo(1).And.All.TypeOf<FaultException>());
    }

    [Test]
    public async Task The_workers_of_handshakes_go_on_after_a_fault_of_one()
    {
        await using QuicListener listener = await ListenAsync();
        using var client = new RawClient(listener.LocalEndPoint);

        // Once for each that there can be, and once more.
        int workers = Environment.ProcessorCount;
        for (int i = 0; i <= workers; i++)
        {
            _time.Throw(times: 1, onReceivingThread: false);
            client.Send(InitialPacket.Create(ConnectionId.Random(8), "01"));
            Assert.That(
                () => (listener.Handshakes.Turns, listener.HandshakeCount, listener.Endpoint.RouteCount),
                Is.EqualTo((i + 1L, 0, 0)).After(10_000, 1));
        }

        Assert.That(_told, Is.Not.Empty.And.All.TypeOf<FaultException>());

        await using QuicConnection connection = await EndpointPair.DialAsync(listener);
        await using QuicConnection accepted = await listener.AcceptConnectionAsync().AsTask().Guarded();
        await AssertServedAsync(connection, accepted);
    }

    [Test]
    public async Task A_timer_ends_its_own_connection_only()
    {
        await using QuicListener listener = await ListenAsync(keepAlive: 20_000);
        await using QuicConnection connection = await EndpointPair.DialAsync(listener);
        await using QuicConnection accepted = await listener.AcceptConnectionAsync().AsTask().Guarded();

        _time.Throw(times: 1, onReceivingThread: false);
        AssertInternalError(await QuicStreamTests.CatchAsync(connection.AcceptInboundStreamAsync().AsTask()));

        await using QuicConnection next = await EndpointPair.DialAsync(listener);
    }

    [Test]
    public async Task A_connection_that_cannot_even_be_closed_leaves_nothing()
    {
        await using QuicListener listener = await ListenAsync();
        await using QuicConnection connection = await EndpointPair.DialAsync(listener);
        await using QuicConnection accepted = await listener.AcceptConnectionAsync().AsTask().Guarded();

        // Once for the datagram, once more for the end.
        _time.Throw(times: 2, onReceivingThread: true);
        await using QuicStream stream = await connection.OpenOutboundStreamAsync();
        await stream.WriteAsync(new byte[1]);

        QuicException exception = await QuicStreamTests.CatchAsync(accepted.AcceptInboundStreamAsync().AsTask());
        Assert.That(exception.QuicError, Is.EqualTo(QuicError.InternalError));
        Assert.That(exception.InnerException, Is.TypeOf<FaultException>());
        Assert.That(() => (listener.ConnectionCount, listener.Endpoint.RouteCount), Is.EqualTo((0, 0)).After(10_000, 1));
        Assert.That(_told, Has.Count.EqualTo(1));
    }

    private ValueTask<QuicListener> ListenAsync(long keepAlive = 0) => EndpointPair.ListenAsync(
        new ConnectionOptions
        {
            IsServer = true,
            Tls = EndpointPair.Tls(TestIdentities.Server),
            StatelessResetKey = new byte[32],
            KeepAliveInterval = keepAlive,
        },
        options => options with { TimeProvider = _time, OnFault = Tell });

    private void Tell(Exception exception)
    {
        lock (_told)
        {
            _told.Add(exception);
        }
    }

    private static void AssertInternalError(QuicException exception) =>
        Assert.That(exception.TransportErrorCode, Is.EqualTo((long)TransportErrorCode.InternalError), exception.Message);

    private static async Task AssertServedAsync(QuicConnection client, QuicConnection server)
    {
        await using QuicStream stream = await client.OpenOutboundStreamAsync().AsTask().Guarded();
        await stream.WriteAsync(new byte[1], completeWrites: true);
        await using QuicStream accepted = await server.AcceptInboundStreamAsync().AsTask().Guarded();
        Assert.That(await accepted.ReadAsync(new byte[2]).AsTask().Guarded(), Is.EqualTo(1));
    }

    private sealed class FaultException : Exception;

    /// <summary>A clock that throws on one kind of threads.</summary>
    private sealed class FaultyTime : TimeProvider
    {
        private int _left;
        private volatile bool _onReceivingThread;

        public void Throw(int times, bool onReceivingThread)
        {
            _onReceivingThread = onReceivingThread;
            Volatile.Write(ref _left, times);
        }

        public override long GetTimestamp()
        {
            bool isReceiving = Thread.CurrentThread.Name?.StartsWith("QUIC", StringComparison.Ordinal) == true;
            if (Volatile.Read(ref _left) > 0 && isReceiving == _onReceivingThread && Interlocked.Decrement(ref _left) >= 0)
            {
                throw new FaultException();
            }

            return base.GetTimestamp();
        }
    }
}
