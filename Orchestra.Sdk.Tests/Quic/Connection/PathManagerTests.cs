using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>A client that moves, RFC 9000 §9, and datagrams that grow, §14.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PathManagerTests
{
    private const long ProbeTimeout = 300;

    private static readonly SocketAddress Home = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();
    private static readonly SocketAddress Away = new IPEndPoint(IPAddress.Loopback, 2222).Serialize();

    private readonly HandshakeStatus _handshake = new() { IsConfirmed = true };
    private readonly PathManager _paths;

    public PathManagerTests()
    {
        _paths = new PathManager(Home, _handshake, SimulatedPeers.Options(isServer: true, maxDatagramSize: 8000)) { PeerMaxDatagramSize = 4000 };
        _paths.Current.IsValidated = true;
    }

    [TestCase(false, 399, 0)]
    [TestCase(false, 400, 1200)]
    [TestCase(true, 16, 0)]
    [TestCase(true, 17, 51)]
    public void A_handshake_needs_room_for_a_full_datagram_and_nothing_else_does(bool isConfirmed, int received, int room)
    {
        _handshake.IsConfirmed = isConfirmed;
        _paths.Current.IsValidated = false;
        _paths.Current.OnReceived(received);
        Assert.That((_paths.Room, _paths.IsBlocked), Is.EqualTo((room, room == 0)));
    }

    [Test]
    public void Asks_at_both_places_when_the_client_moves()
    {
        Migrate(Away, bytes: 1000);
        Assert.That((_paths.Current.Address, _paths.Current.IsChallengeDue), Is.EqualTo((Away, true)));
        Assert.That((_paths.Current.IsValidated, _paths.Current.Room), Is.EqualTo((false, 3000)));
        Assert.That(_paths.FallbackToAsk, Is.EqualTo(Home));
        _paths.OnFallbackAsked();
        Assert.That(_paths.FallbackToAsk, Is.Null);
    }

    [Test]
    public void Begins_its_estimates_anew_when_the_client_moves()
    {
        _paths.Estimates.OnSample(5000, ackDelay: 0, now: 1);
        Migrate(Away);
        Assert.That((_paths.Estimates.Rtt.HasSample, _paths.Estimates.FirstPacket), Is.EqualTo((false, 7)));
    }

    [Test]
    public void Goes_back_when_nobody_answers()
    {
        Migrate(Away);
        long now = 1000;
        for (int timeouts = 0; timeouts < 3; timeouts++)
        {
            Assert.That(_paths.Current.Address, Is.EqualTo(Away));
            now = _paths.Deadline(ProbeTimeout);
            _paths.OnTimeout(now - 1, ProbeTimeout);
            _paths.OnTimeout(now, ProbeTimeout);
        }

        Assert.That((_paths.Current.Address, _paths.Current.IsValidated), Is.EqualTo((Home, true)));
        Assert.That((_paths.Deadline(ProbeTimeout), _paths.FallbackToAsk), Is.EqualTo((Instant.Never, (SocketAddress?)null)));
    }

    [Test]
    public void Goes_back_when_the_client_does()
    {
        Migrate(Away);
        Migrate(Home);
        Assert.That((_paths.Current.Address, _paths.Current.IsChallengeDue, _paths.FallbackToAsk), Is.EqualTo((Home, false, (SocketAddress?)null)));
    }

    [Test]
    public void Stays_where_the_answer_came_from()
    {
        Migrate(Away);
        var writer = new SpanWriter(new byte[9]);
        Assert.That(_paths.Current.TryWriteChallenge(ref writer));
        _paths.OnResponse(writer.Written[1..], now: 1100);
        Assert.That((_paths.Current.IsValidated, _paths.FallbackToAsk), Is.EqualTo((true, (SocketAddress?)null)));
    }

    [Test]
    public void Tries_larger_datagrams_when_one_was_filled()
    {
        _paths.OnSent(1199);
        Assert.That(_paths.DueSizeProbe, Is.Null);
        _paths.OnSent(1200);
        Assert.That(_paths.DueSizeProbe!.Size, Is.EqualTo(4000));
        _paths.DueSizeProbe.OnSent(5);
        _paths.OnSizeProbeAcknowledged(4);
        Assert.That(_paths.Current.DatagramSize, Is.EqualTo(1200));
        _paths.OnSizeProbeAcknowledged(5);
        Assert.That(_paths.Current.DatagramSize, Is.EqualTo(4000));
    }

    [Test]
    public void Tries_none_before_the_handshake_is_confirmed()
    {
        _handshake.IsConfirmed = false;
        _paths.OnSent(1200);
        Assert.That(_paths.Current.SizeProbe, Is.Null);
    }

    private void Migrate(SocketAddress address, int bytes = 1200) =>
        _paths.Migrate(new ReceivedDatagram(new byte[bytes], address, ecn: 0, now: 1000), firstPacket: 7);
}
