using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Packets of a handshake: which are taken, and what they show.</summary>
internal sealed class PacketReceiverHandshakeTests : PacketReceiverFixture
{
    [TestCase(0x04)]
    [TestCase(0x08)]
    public void Reserved_bits_of_a_long_header_are_an_error(byte bits)
    {
        UseNew(isServer: true);
        Assert.That(() => Receive(Long(PacketType.Initial, 0, Ping, bits: bits)), Throws.TypeOf<TransportException>());
    }

    // §14.1 and §17.2.2.
    [TestCase(true, FullSize, 0, true)]
    [TestCase(true, FullSize - 1, 0, false)]
    [TestCase(false, 100, 0, true)]
    [TestCase(false, FullSize, 1, false)]
    public void Takes_Initial_packets_of_clients_in_full_datagrams_and_of_servers_without_tokens(
        bool isServer, int size, int tokenLength, bool isTaken)
    {
        UseNew(isServer);
        Receive(Long(PacketType.Initial, 0, Ping, size: size, token: new byte[tokenLength]));
        Assert.That(Parts.Spaces.Initial.Received.Largest, Is.EqualTo(isTaken ? 0 : -1));
    }

    // §7.2: the server chooses its own id by its first packet.
    [Test]
    public void A_client_takes_the_servers_id_of_its_first_packet_and_no_other()
    {
        UseNew(isServer: false);
        Assert.That(Parts.RemoteIds.Current, Is.EqualTo(Original));
        Receive(Long(PacketType.Initial, 0, Ping));
        Assert.That(Parts.RemoteIds.Current, Is.EqualTo(Peer));
        Receive(Long(PacketType.Initial, 1, Ping, source: Stranger));
        Assert.That((Parts.RemoteIds.Current, Parts.Spaces.Initial.Received.Largest), Is.EqualTo((Peer, 0)));
    }

    [Test]
    public void A_forged_first_packet_chooses_no_id()
    {
        UseNew(isServer: false);
        byte[] forged = Long(PacketType.Initial, 0, Ping, source: Stranger);
        forged[^1] ^= 1;
        Receive(forged);
        Assert.That(Parts.RemoteIds.Current, Is.EqualTo(Original));
    }

    // §8.1, and RFC 9001 §4.9.1.
    [Test]
    public void A_Handshake_packet_shows_a_server_where_the_client_is()
    {
        UseNew(isServer: true);
        InstallHandshakeKeys();
        Parts.Paths.Current.IsValidated = false;
        Receive(Long(PacketType.Initial, 0, Ping));
        Assert.That((Parts.Paths.Current.IsValidated, Parts.Spaces.Initial.Sent.IsDiscarded), Is.EqualTo((false, false)));
        Receive(Long(PacketType.Handshake, 0, Ping));
        Assert.That((Parts.Paths.Current.IsValidated, Parts.Spaces.Initial.Sent.IsDiscarded), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_Handshake_packet_shows_that_whatever_comes_of_its_content()
    {
        UseNew(isServer: true);
        InstallHandshakeKeys();
        Parts.Paths.Current.IsValidated = false;
        Assert.That(() => Receive(Long(PacketType.Handshake, 0, "1e")), Throws.TypeOf<TransportException>());
        Assert.That(Parts.Paths.Current.IsValidated);
    }

    // RFC 9001 §5.7.
    [Test]
    public void Packets_that_overtake_their_keys_are_taken_when_these_come()
    {
        UseNew(isServer: true);
        Receive(Long(PacketType.Handshake, 3, Ping));
        Assert.That(Parts.Spaces.Handshake.Received.Largest, Is.EqualTo(-1));
        InstallHandshakeKeys();
        Receive(Long(PacketType.Initial, 0, Ping));
        Assert.That(Parts.Spaces.Handshake.Received.Largest, Is.EqualTo(3));
    }

    // §6.2.
    [TestCase("1a2a3a4a", true)]
    [TestCase("1a2a3a4a 00000001", false)]
    public void A_client_gives_up_where_the_server_speaks_only_other_versions(string versions, bool isOver)
    {
        UseNew(isServer: false);
        Receive(VersionNegotiation(versions));
        Assert.That(Parts.Close.Reason?.Origin, Is.EqualTo(isOver ? CloseOrigin.VersionNegotiation : null));
    }

    [Test]
    public void A_version_negotiation_is_not_meant_once_anything_else_came([Values] bool isRetry)
    {
        UseNew(isServer: false);
        Receive(isRetry ? Retry() : Long(PacketType.Initial, 0, Ping));
        Receive(VersionNegotiation("1a2a3a4a", source: Peer));
        Assert.That(Parts.Close.Reason, Is.Null);
    }

    [Test]
    public void A_version_negotiation_of_somebody_else_is_not_meant()
    {
        UseNew(isServer: false);
        Receive(VersionNegotiation("1a2a3a4a", source: Stranger));
        Assert.That(Parts.Close.Reason, Is.Null);
    }

    [Test]
    public void A_server_is_told_nothing_by_version_negotiations_and_retries()
    {
        UseNew(isServer: true);
        Receive(VersionNegotiation("1a2a3a4a"));
        Receive(Retry());
        Assert.That((Parts.Close.Reason, Parts.Handshake.RetrySource), Is.EqualTo(((CloseReason?)null, (ConnectionId?)null)));
    }

    // §17.2.5.
    [Test]
    public void A_client_begins_anew_after_a_Retry()
    {
        UseNew(isServer: false);
        Parts.Spaces.Initial.Crypto.Send([1, 2, 3]);
        var sent = SentPacket.Rent();
        var writer = new SpanWriter(new byte[100]);
        Parts.Spaces.Initial.Crypto.WriteFrames(ref writer, sent);
        AddSent(Parts.Spaces.Initial, sent.Frames.ToArray());
        sent.Return();
        Assert.That(Parts.Spaces.Initial.Crypto.HasPending, Is.False);

        Receive(Retry());
        Assert.That(Parts.Handshake.Token, Is.EqualTo("token"u8.ToArray()));
        Assert.That((Parts.Handshake.RetrySource, Parts.RemoteIds.Current), Is.EqualTo(((ConnectionId?)Peer, Peer)));
        Assert.That(Parts.Spaces.Initial.Crypto.HasPending, "the ClientHello goes again");
        Assert.That(Parts.Spaces.Initial.Sent.NextNumber, Is.EqualTo(1), "its numbers go on");

        // The keys are those of the new id now.
        Receive(Long(PacketType.Initial, 0, Ping, keysOf: Original));
        Assert.That(Parts.Spaces.Initial.Received.Largest, Is.EqualTo(-1));
        Receive(Long(PacketType.Initial, 0, Ping, keysOf: Peer));
        Assert.That(Parts.Spaces.Initial.Received.Largest, Is.Zero);
    }

    [Test]
    public void A_client_takes_one_Retry_and_none_after_another_packet()
    {
        UseNew(isServer: false);
        Receive(Retry(token: "first"));
        Receive(Retry(token: "second"));
        Assert.That(Parts.Handshake.Token, Is.EqualTo("first"u8.ToArray()));

        UseNew(isServer: false);
        Receive(Long(PacketType.Initial, 0, Ping));
        Receive(Retry());
        Assert.That(Parts.Handshake.Token, Is.Empty);
    }

    [TestCase("tag")]
    [TestCase("source")]
    [TestCase("token")]
    public void A_Retry_is_dropped_with_a_wrong(string what)
    {
        UseNew(isServer: false);
        byte[] retry = Retry(source: what == "source" ? Original : Peer, token: what == "token" ? "" : "token");
        retry[^1] ^= (byte)(what == "tag" ? 1 : 0);
        Receive(retry);
        Assert.That(Parts.Handshake.RetrySource, Is.Null);
    }
}
