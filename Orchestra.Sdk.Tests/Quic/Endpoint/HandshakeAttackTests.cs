using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>What anybody can send a listener who has no certificate: nothing of it may last, or be in the way of others.</summary>
internal sealed class HandshakeAttackTests
{
    private const int Bursts = 50;
    private const int PerBurst = 50;
    private const int Mebibyte = 1024 * 1024;

    [Test]
    public async Task Keeps_nothing_of_datagrams_that_do_not_open()
    {
        await using QuicListener listener = await EndpointPair.ListenAsync();
        using var client = new RawClient(listener.LocalEndPoint);
        for (int burst = 0; burst < Bursts; burst++)
        {
            for (int i = 0; i < PerBurst; i++)
            {
                client.Send(InitialPacket.Garbage());
            }

            await client.AskVersionsAsync();
            AssertEmpty(listener);
        }

        Assert.That(listener.Handshakes.Turns, Is.Zero);
        await using QuicConnection honest = await EndpointPair.DialAsync(listener);
    }

    [Test]
    public async Task Keeps_nothing_of_first_packets_that_break_a_rule()
    {
        // The answers are counted by the second.
        var time = new ManualTimeProvider();
        await using QuicListener listener = await EndpointPair.ListenAsync(change: options => options with { TimeProvider = time });
        using var client = new RawClient(listener.LocalEndPoint);
        int buffers = HeldBuffers.Count;
        for (int burst = 0; burst < Bursts; burst++)
        {
            for (int i = 0; i < PerBurst; i++)
            {
                client.Send(InitialPacket.Create(ConnectionId.Random(8), InitialPacket.FarData + InitialPacket.Forbidden));
            }

            // Each is told why.
            await client.ReceiveAsync(PerBurst);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        AssertEmpty(listener);
        Assert.That(listener.Handshakes.Turns, Is.Zero);
        Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(buffers));
    }

    [Test]
    public async Task Keeps_nothing_of_handshakes_that_break_a_rule_before_the_address_is_validated()
    {
        // Not even by passing time.
        var time = new ManualTimeProvider();
        await using QuicListener listener = await EndpointPair.ListenAsync(change: options => options with { TimeProvider = time });
        using var client = new RawClient(listener.LocalEndPoint);
        int buffers = HeldBuffers.Count;
        long bytes = 0;
        for (int burst = 0; burst < Bursts; burst++)
        {
            for (int i = 0; i < PerBurst; i++)
            {
                var destination = ConnectionId.Random(8);
                client.Send(InitialPacket.Create(destination, InitialPacket.FarData));
                await client.ReceiveAsync();
                client.Send(InitialPacket.Create(destination, InitialPacket.Forbidden, number: 1));
                await client.ReceiveAsync();
            }

            Assert.That(() => listener.Endpoint.RouteCount, Is.Zero.After(10_000, 1));
            if (burst == 0)
            {
                bytes = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        AssertEmpty(listener);
        Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(buffers));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - bytes, Is.LessThan(Mebibyte));
    }

    [Test]
    public async Task Makes_an_honest_client_wait_for_no_attackers()
    {
        const int Dials = 10;
        const int Attackers = 100;
        await using QuicListener listener = await EndpointPair.ListenAsync();
        using var client = new RawClient(listener.LocalEndPoint);
        long alone = await CountTurnsAsync(static () => { });

        long beside = await CountTurnsAsync(() =>
        {
            for (int i = 0; i < Attackers; i++)
            {
                client.Send(InitialPacket.Garbage());
                client.Send(InitialPacket.Create(ConnectionId.Random(8), InitialPacket.FarData + InitialPacket.Forbidden));
            }
        });

        Assert.That(beside, Is.LessThanOrEqualTo(2 * alone));

        async Task<long> CountTurnsAsync(Action attack)
        {
            long before = listener.Handshakes.Turns;
            for (int i = 0; i < Dials; i++)
            {
                attack();
                await using QuicConnection dialed = await EndpointPair.DialAsync(listener);
                await using QuicConnection accepted = await listener.AcceptConnectionAsync().AsTask().Guarded();
            }

            return listener.Handshakes.Turns - before;
        }
    }

    private static void AssertEmpty(QuicListener listener) => Assert.That(
        (listener.ConnectionCount, listener.HandshakeCount, listener.Endpoint.RouteCount), Is.EqualTo((0, 0, 0)));
}
