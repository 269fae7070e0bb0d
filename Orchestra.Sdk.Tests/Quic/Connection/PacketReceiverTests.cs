using Orchestra.Quic.Connection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Which packets are taken, and which are dropped without a trace.</summary>
internal sealed class PacketReceiverTests : PacketReceiverFixture
{
    private const string Challenge = "1a 0102030405060708";

    // RFC 9000 §12.3.
    [Test]
    public void Takes_a_packet_once()
    {
        UseConnected(isServer: true);
        byte[] packet = Short(5, "10 80200000");
        Receive([.. packet]);
        Assert.That((Application.Received.Largest, Parts.Streams.Flow.SendLimit), Is.EqualTo((5, 1 << 21)));
        Application.Received.OnAckSent();
        Receive(packet);
        Assert.That(Application.Received.HasUnacknowledged, Is.False);
    }

    // §17.2 and §17.3.1: an error only of who has the keys.
    [TestCase(0x08)]
    [TestCase(0x10)]
    public void Reserved_bits_are_an_error_of_an_authentic_packet_only(byte bits)
    {
        UseConnected(isServer: true);
        byte[] forged = Short(0, Ping, bits: bits);
        forged[^1] ^= 1;
        Receive(forged);
        TransportException exception = Assert.Throws<TransportException>(() => Receive(Short(0, Ping, bits: bits)))!;
        Assert.That((exception.Code, Application.Received.Largest), Is.EqualTo((TransportErrorCode.ProtocolViolation, -1)));
    }

    // §9: nobody but a client whose handshake is confirmed moves.
    [TestCase(true, true, true)]
    [TestCase(true, false, false)]
    [TestCase(false, true, false)]
    public void Takes_datagrams_from_elsewhere_of_clients_that_may_move(bool isServer, bool isConfirmed, bool isTaken)
    {
        UseConnected(isServer);
        Parts.Handshake.Status.IsConfirmed = isConfirmed;
        Receive(Short(0, Ping), Away);
        Assert.That(Application.Received.Largest, Is.EqualTo(isTaken ? 0 : -1));
    }

    // §8.1: three times what came may go back, whatever it was.
    [Test]
    public void Every_byte_from_the_peers_address_counts_until_it_is_validated()
    {
        UseNew(isServer: true);
        Parts.Paths.Current.IsValidated = false;
        Receive(new byte[500]);
        Assert.That(Parts.Paths.Current.Room, Is.EqualTo(1500));
        Receive(new byte[500], Away);
        Assert.That(Parts.Paths.Current.Room, Is.EqualTo(1500));
    }

    // §12.2.
    [TestCase(false, 1)]
    [TestCase(true, 0)]
    public void Takes_all_packets_of_a_datagram_that_are_for_one_id(bool isForAnother, int largest)
    {
        UseNew(isServer: true);
        InstallHandshakeKeys();
        byte[] datagram =
        [
            .. Long(PacketType.Initial, 0, Ping),
            .. Long(PacketType.Initial, 1, Ping, destination: isForAnother ? Stranger : null),
        ];
        Receive(datagram);
        Assert.That(Parts.Spaces.Initial.Received.Largest, Is.EqualTo(largest));
    }

    [Test]
    public void Goes_on_behind_a_packet_that_is_not_authentic()
    {
        UseNew(isServer: true);
        byte[] forged = Long(PacketType.Initial, 0, Ping);
        forged[^1] ^= 1;
        Receive([.. forged, .. Long(PacketType.Initial, 1, Ping)]);
        Assert.That(Parts.Spaces.Initial.Received.Ranges.ToArray(), Is.EqualTo(new[] { new PacketRange(1, 1) }));
    }

    // §9.3: only the newest packet shows where the client is, and only if it is more than a test of the path.
    [TestCase(7, Ping, true)]
    [TestCase(5, Ping, false)]
    [TestCase(7, Challenge, false)]
    public void The_newest_packet_shows_a_move(long number, string frames, bool moves)
    {
        UseConnected(isServer: true);
        Receive(Short(6, Ping));
        Receive(Short(number, frames), Away);
        Assert.That(Parts.Paths.Current.Address, Is.EqualTo(moves ? Away : Home));
        Assert.That(Application.Received.Contains(number));
    }

    // §9.5: another id where the client used another, so that nobody can tie both paths together.
    [TestCase(true)]
    [TestCase(false)]
    public void Uses_another_id_for_a_client_that_moved_by_its_own_will(bool byItsWill)
    {
        UseConnected(isServer: true);
        Parts.LocalIds.Start(peerLimit: 2);
        Parts.RemoteIds.Add(new Frame
        {
            Type = FrameType.NewConnectionId,
            SequenceNumber = 1,
            ConnectionId = Stranger,
            StatelessResetToken = new byte[16],
        });
        ConnectionId[] ids = [.. Parts.LocalIds.All];
        Receive(Short(0, Ping, destination: ids[0]));
        Receive(Short(1, Ping, destination: ids[byItsWill ? 1 : 0]), Away);
        Assert.That(Parts.Paths.Current.Address, Is.EqualTo(Away));
        Assert.That(Parts.RemoteIds.Current, Is.EqualTo(byItsWill ? Stranger : Peer));
    }

    // §10.3.1.
    [TestCase(21, true)]
    [TestCase(42, true)]
    [TestCase(20, false)]
    public void What_ends_with_the_reset_token_is_a_stateless_reset(int length, bool isReset)
    {
        UseConnected(isServer: false);
        byte[] token = Hex.Parse("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
        Parts.RemoteIds.SetInitialToken(token);
        byte[] datagram = [0x40, .. new byte[length - 17], .. token];
        Receive(datagram);
        Assert.That(Parts.Close.Reason?.Origin, Is.EqualTo(isReset ? CloseOrigin.StatelessReset : null));
    }

    [Test]
    public void What_can_be_read_is_no_stateless_reset_however_it_ends()
    {
        UseConnected(isServer: false);
        byte[] packet = Short(0, Ping + "00000000");
        Parts.RemoteIds.SetInitialToken(packet[^16..]);
        Receive(packet);
        Assert.That((Parts.Close.Reason, Application.Received.Largest), Is.EqualTo(((CloseReason?)null, 0)));
    }

    [Test]
    public void Shows_the_timers_only_what_is_authentic()
    {
        UseConnected(isServer: true);
        long before = Parts.Timers.IdleDeadline;
        byte[] forged = Short(0, Ping);
        forged[^1] ^= 1;
        Receive(forged, now: Now + 50);
        Assert.That(Parts.Timers.IdleDeadline, Is.EqualTo(before));
        Receive(Short(0, Ping), now: Now + 50);
        Assert.That(Parts.Timers.IdleDeadline, Is.EqualTo(before + 50));
    }
}
