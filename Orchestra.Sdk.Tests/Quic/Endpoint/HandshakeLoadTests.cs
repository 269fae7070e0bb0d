using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Tests.Quic.Tls;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

public sealed class HandshakeLoadTests
{
    private const long Minute = 60_000_000;

    [Test]
    public async Task Serves_connections_while_a_handshake_takes_its_time()
    {
        using var clock = new StoppableClock();
        await using EndpointPair pair = await EndpointPair.ConnectAsync(Server(clock));
        clock.Stop();

        // The server comes no further than to the dates of this one's certificate.
        Task<QuicConnection> dialing = EndpointPair.DialAsync(pair.Listener);
        await clock.Asked.Guarded();

        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        await server.WriteAsync(new byte[] { 43 }, completeWrites: true);
        Assert.That(await client.ReadAsync(new byte[2]).AsTask().Guarded(), Is.EqualTo(1));
        Assert.That(dialing.IsCompleted, Is.False);

        clock.Go();
        await using QuicConnection second = await dialing;
    }

    [Test]
    public async Task Accepts_two_hundred_clients_at_once()
    {
        const int Count = 200;
        await using QuicListener listener = await EndpointPair.ListenAsync(Server(time: null));
        Task<QuicConnection>[] dialing =
            [.. Enumerable.Range(0, Count).Select(_ => EndpointPair.DialAsync(listener, Client()))];

        QuicConnection[] clients = await Task.WhenAll(dialing);
        for (int i = 0; i < Count; i++)
        {
            await using QuicConnection accepted = await listener.AcceptConnectionAsync().AsTask().Guarded();
        }

        foreach (QuicConnection client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static ConnectionOptions Server(TimeProvider? time) => Options(isServer: true, TestIdentities.Server, time);

    private static ConnectionOptions Client() => Options(isServer: false, TestIdentities.Client, time: null);

    private static ConnectionOptions Options(bool isServer, TlsIdentity identity, TimeProvider? time) => new()
    {
        IsServer = isServer,
        Tls = EndpointPair.Tls(identity, time: time),
        StatelessResetKey = new byte[32],
        HandshakeTimeout = Minute,
    };

    /// <summary>The clock of the tests' certificates. Stopped, it keeps whoever asks for the time.</summary>
    private sealed class StoppableClock : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _runs = new(initialState: true);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when somebody is kept.</summary>
        public Task Asked => _asked.Task;

        public void Stop() => _runs.Reset();

        public void Go() => _runs.Set();

        public override DateTimeOffset GetUtcNow()
        {
            if (!_runs.IsSet)
            {
                _asked.TrySetResult();
                _runs.Wait(HangGuard.Limit);
            }

            return new DateTimeOffset(TestIdentities.Now);
        }

        public void Dispose()
        {
            _runs.Set();
            _runs.Dispose();
        }
    }
}
