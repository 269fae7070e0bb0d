using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Who gets a place at a listener that is full, and who has to go for it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConnectionPlacesTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();

    // Whom the next certificate names.
    private string _peer = "polite";

    [Test]
    public async Task The_connection_that_was_idle_longest_makes_room()
    {
        await using QuicListener listener = await ListenAsync(places: 3);
        Pair first = await DialAsync(listener);
        Pair second = await DialAsync(listener);
        Pair third = await DialAsync(listener);
        _time.Advance(Idle);
        await first.CallAsync();
        _time.Advance(Idle);

        Pair fourth = await DialAsync(listener);
        await second.AssertPushedOutAsync();
        foreach (Pair pair in new[] { first, third, fourth })
        {
            await pair.CallAsync();
        }

        Assert.That(listener.ConnectionCount, Is.EqualTo(3), "nothing is left of it");
    }

    [Test]
    public async Task One_with_an_open_stream_stays()
    {
        await using QuicListener listener = await ListenAsync(places: 1);
        Pair busy = await DialAsync(listener);
        await using QuicStream stream = await busy.OpenAsync();
        _time.Advance(10 * Idle);

        await AssertRefusedAsync(listener);
        await busy.CallAsync();
    }

    [Test]
    public async Task One_that_may_be_about_to_open_a_stream_stays()
    {
        await using QuicListener listener = await ListenAsync(places: 1);
        Pair fresh = await DialAsync(listener);
        _time.Advance(Idle - TimeSpan.FromMilliseconds(1));

        await AssertRefusedAsync(listener);
        await fresh.CallAsync();
    }

    [Test]
    public async Task One_that_nobody_has_taken_stays()
    {
        await using QuicListener listener = await ListenAsync(places: 1);
        await using QuicConnection client = await EndpointPair.DialAsync(listener);
        _time.Advance(10 * Idle);

        await AssertRefusedAsync(listener);
        await using QuicConnection server = await listener.AcceptConnectionAsync().AsTask().Guarded();
        await new Pair(client, server).CallAsync();
    }

    [Test]
    public async Task Nobody_goes_for_a_client_without_a_certificate_of_the_authority()
    {
        await using QuicListener listener = await ListenAsync(places: 1);
        Pair idle = await DialAsync(listener);
        _time.Advance(10 * Idle);

        var foreign = EndpointPair.ClientOptions(EndpointPair.Tls(identity: null));
        QuicException refusal = await QuicStreamTests.CatchAsync(EndpointPair.DialAsync(listener, foreign));
        Assert.That(refusal.QuicError, Is.EqualTo(QuicError.HandshakeFailed));
        await idle.CallAsync();
    }

    [Test]
    public async Task A_peer_leaves_places_for_others()
    {
        await using QuicListener listener = await ListenAsync(places: 16);
        _peer = "greedy";
        List<Pair> greedy = await DialAsync(listener, count: 15);
        await AssertRefusedAsync(listener);

        _peer = "polite";
        Pair polite = await DialAsync(listener);
        await polite.CallAsync();
        foreach (Pair pair in greedy)
        {
            await pair.CallAsync();
        }
    }

    [Test]
    public async Task A_peer_that_has_its_share_loses_a_connection_of_its_own()
    {
        await using QuicListener listener = await ListenAsync(places: 16);
        Pair polite = await DialAsync(listener);
        _time.Advance(Idle);
        _peer = "greedy";
        List<Pair> greedy = await DialAsync(listener, count: 14);
        _time.Advance(Idle);

        Pair next = await DialAsync(listener);
        await greedy[0].AssertPushedOutAsync();
        await polite.CallAsync();
        await next.CallAsync();
    }

    [Test]
    public async Task Of_the_peer_that_has_most_a_connection_goes()
    {
        await using QuicListener listener = await ListenAsync(places: 4);
        Pair single = await DialAsync(listener);
        _time.Advance(Idle);
        _peer = "greedy";
        List<Pair> greedy = await DialAsync(listener, count: 3);
        _time.Advance(Idle);

        _peer = "third";
        Pair newcomer = await DialAsync(listener);
        await greedy[0].AssertPushedOutAsync();

        Pair another = await DialAsync(listener);
        await greedy[1].AssertPushedOutAsync();

        // Now it has as many as the one who comes would have.
        _time.Advance(Idle);
        await greedy[2].CallAsync();
        _peer = "greedy";
        Pair swapped = await DialAsync(listener);
        await newcomer.AssertPushedOutAsync();
        foreach (Pair pair in new[] { single, greedy[2], another, swapped })
        {
            await pair.CallAsync();
        }
    }

    [Test]
    public async Task Leaves_nothing_of_many_that_came_and_went()
    {
        await using QuicListener listener = await ListenAsync(places: 2);
        int routes = 0;
        for (int i = 0; i < 50; i++)
        {
            await DialAsync(listener);
            _time.Advance(Idle);
            routes = Math.Max(routes, listener.Endpoint.RouteCount);
        }

        Assert.That(listener.ConnectionCount, Is.EqualTo(2));
        Assert.That(routes, Is.LessThanOrEqualTo(2 * 5), "four ids and the one that the client chose");
    }

    private ValueTask<QuicListener> ListenAsync(int places) => EndpointPair.ListenAsync(change: options => options with
    {
        MaxConnections = places,
        NamePeer = (_, _) => _peer,
        TimeProvider = _time,
    });

    private static async Task<Pair> DialAsync(QuicListener listener)
    {
        Task<QuicConnection> accepting = listener.AcceptConnectionAsync().AsTask();
        QuicConnection client = await EndpointPair.DialAsync(listener);
        return new Pair(client, await accepting.Guarded());
    }

    private static async Task<List<Pair>> DialAsync(QuicListener listener, int count)
    {
        var pairs = new List<Pair>();
        for (int i = 0; i < count; i++)
        {
            pairs.Add(await DialAsync(listener));
        }

        return pairs;
    }

    private static async Task AssertRefusedAsync(QuicListener listener)
    {
        QuicException refusal = await QuicStreamTests.CatchAsync(EndpointPair.DialAsync(listener));
        Assert.That(refusal.QuicError, Is.EqualTo(QuicError.ConnectionRefused));
        Assert.That(refusal.Message, Is.EqualTo("the peer takes no more connections: too many connections"));
    }

    /// <summary>Both sides of a connection.</summary>
    private sealed record Pair(QuicConnection Client, QuicConnection Server)
    {
        /// <summary>A stream that the server knows of.</summary>
        public async Task<QuicStream> OpenAsync()
        {
            QuicStream stream = await Client.OpenOutboundStreamAsync().AsTask().Guarded();
            await stream.WriteAsync(new byte[1], completeWrites: true).AsTask().Guarded();
            await using QuicStream accepted = await Server.AcceptInboundStreamAsync().AsTask().Guarded();
            return stream;
        }

        /// <summary>A stream that is over when this ends.</summary>
        public async Task CallAsync()
        {
            await using QuicStream stream = await Client.OpenOutboundStreamAsync().AsTask().Guarded();
            await stream.WriteAsync(new byte[1], completeWrites: true).AsTask().Guarded();
            await using QuicStream accepted = await Server.AcceptInboundStreamAsync().AsTask().Guarded();
            await accepted.WriteAsync(new byte[1], completeWrites: true).AsTask().Guarded();
            Assert.That(await stream.ReadAsync(new byte[2]).AsTask().Guarded(), Is.EqualTo(1));
            Assert.That(await stream.ReadAsync(new byte[2]).AsTask().Guarded(), Is.Zero);
            await accepted.ReadAsync(new byte[1]).AsTask().Guarded();
            await accepted.ReadAsync(new byte[1]).AsTask().Guarded();
            await accepted.WritesClosed.Guarded();
        }

        public async Task AssertPushedOutAsync()
        {
            QuicException exception = await QuicStreamTests.CatchAsync(Client.AcceptInboundStreamAsync().AsTask());
            Assert.That(exception.ApplicationErrorCode, Is.Zero);
            Assert.That(
                exception.Message, Is.EqualTo("the peer closed the connection with code 0: it was idle, and others need its place"));
            QuicException local = await QuicStreamTests.CatchAsync(Server.AcceptInboundStreamAsync().AsTask());
            Assert.That(local.Message, Is.EqualTo("the connection is closed: it was idle, and others need its place"));
        }
    }
}
