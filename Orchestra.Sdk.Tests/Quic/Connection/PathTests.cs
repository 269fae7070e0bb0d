using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Addresses that are forged, and those that change: RFC 9000 §8 and §9.</summary>
[ReturnsBuffers]
internal sealed class PathTests
{
    private static readonly SocketAddress Elsewhere = new IPEndPoint(IPAddress.Loopback, 3333).Serialize();

    [Test]
    public void Keeps_one_of_many_challenges()
    {
        // CVE-2023-49295.
        using ScriptedPeer peer = ScriptedPeer.Client();
        string flood = string.Concat(Enumerable.Repeat("1a 0000000000000000", 100)) + "1a 0102030405060708";

        peer.Send(EncryptionLevel.Application, flood);

        Assert.That(peer.Sent(FrameType.PathResponse, static (in frame) => Convert.ToHexString(frame.Data)), Is.EqualTo(new[] { "0102030405060708" }));
        peer.AssertOpen();
    }

    [Test]
    public void Challenges_from_elsewhere_cost_no_memory_each()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        long one = Allocated(challenges: 1);
        Assert.That(Allocated(challenges: 100), Is.LessThan(one + 100));

        long Allocated(int challenges)
        {
            byte[] packet = peer.Packet(
                EncryptionLevel.Application, Hex.Parse(string.Concat(Enumerable.Repeat("1a 0102030405060708", challenges))));
            long before = GC.GetAllocatedBytesForCurrentThread();
            peer.Core.Receive(new ReceivedDatagram(packet, Elsewhere, ecn: 0, peer.Now));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            peer.Pump();
            return allocated;
        }
    }

    [Test]
    public void Answers_a_challenge_where_it_came_from([Values(0, 1100)] int padding)
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        byte[] probe = peer.Packet(EncryptionLevel.Application, [.. Hex.Parse("1a 0102030405060708"), .. new byte[padding]]);

        peer.Deliver(probe, Elsewhere);

        (byte[] bytes, SocketAddress address) = peer.Datagrams.Single(datagram => datagram.Address.Equals(Elsewhere));
        Assert.That(peer.Count(FrameType.PathResponse), Is.EqualTo(1));

        // Full size, unless that would be more than three times what came.
        Assert.That(bytes, Has.Length.LessThanOrEqualTo(3 * probe.Length));
        Assert.That(bytes.Length == 1200, Is.EqualTo(padding > 0));
    }

    [Test]
    public void Follows_a_client_and_sends_little_until_it_has_shown_to_be_there()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        byte[] ping = peer.Packet(EncryptionLevel.Application, [1]);

        peer.Deliver(ping, Elsewhere);

        Assert.That(BytesTo(peer, Elsewhere), Is.InRange(1, 3 * ping.Length));
        List<string> challenges = Challenges(peer);
        Assert.That(challenges, Has.Count.EqualTo(2), "both the new address and the old one are asked");
        Assert.That(peer.Datagrams.Count(datagram => datagram.Bytes.Length == 1200 && datagram.Address.Equals(peer.Address)), Is.GreaterThan(0));

        // The answer shows that the client is there, and then whether datagrams of full size arrive is asked.
        peer.Deliver(Response(peer, challenges), Elsewhere);
        List<string> again = Challenges(peer);
        Assert.That(again, Has.Count.EqualTo(3));
        Assert.That(peer.Datagrams[^1].Bytes, Has.Length.EqualTo(1200));
        Assert.That(peer.Datagrams[^1].Address, Is.EqualTo(Elsewhere));

        peer.Deliver(Response(peer, again), Elsewhere);
        peer.Advance(5_000_000);
        peer.Deliver(peer.Packet(EncryptionLevel.Application, [1, 1]), Elsewhere);
        Assert.That(Challenges(peer), Has.Count.EqualTo(3));
    }

    [Test]
    public void Goes_back_where_a_forged_address_does_not_answer()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Options(isServer: true, answerTimeout: 0));
        byte[] ping = peer.Packet(EncryptionLevel.Application, [1]);
        peer.Deliver(ping, Elsewhere);
        peer.Advance(20_000_000);
        Assert.That(BytesTo(peer, Elsewhere), Is.LessThanOrEqualTo(3 * ping.Length));

        Assert.That(peer.Core.TryOpenStream(bidirectional: true, out long id));
        peer.Core.WriteStream(id, new byte[3000], fin: true);
        peer.Pump();
        Assert.That(peer.Datagrams[^1].Address, Is.EqualTo(peer.Address));
    }

    [Test]
    public void Goes_back_at_once_when_the_client_is_where_it_was()
    {
        // RFC 9000 §9.3.3: somebody sent on a packet of the client's, and was faster.
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Deliver(peer.Packet(EncryptionLevel.Application, [1]), Elsewhere);

        peer.Send(EncryptionLevel.Application, [1]);

        Assert.That(peer.Core.TryOpenStream(bidirectional: true, out long id));
        peer.Core.WriteStream(id, new byte[3000], fin: true);
        peer.Pump();
        Assert.That(peer.Datagrams[^1].Address, Is.EqualTo(peer.Address));
        Assert.That(peer.Datagrams[^1].Bytes, Has.Length.GreaterThan(200));
    }

    [Test]
    public void Takes_another_id_for_a_client_that_moves_by_its_own_will()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Send(EncryptionLevel.Application, "18 01 00 08 0102030405060708 000102030405060708090a0b0c0d0e0f");
        ConnectionId other = peer.Sent(FrameType.NewConnectionId, static (in frame) => frame.ConnectionId)[0];

        peer.Deliver(peer.Packet(EncryptionLevel.Application, [1], new PacketSpec { Destination = other }), Elsewhere);

        PacketHeader.TryParse(peer.Datagrams[^1].Bytes, 8, out PacketHeader header);
        Assert.That(header.Destination, Is.EqualTo(ConnectionId.Of([1, 2, 3, 4, 5, 6, 7, 8])));
        Assert.That(peer.Sent(FrameType.RetireConnectionId, static (in frame) => frame.SequenceNumber), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public void Sends_no_more_than_three_times_what_came_before_it_knows_the_address()
    {
        // And answers to a forged address end when the handshake's time is over.
        using var peer = new ScriptedPeer(isServer: false);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);
        int received = peer.ReceivedByCore;
        peer.Advance(60_000_000);

        Assert.That(peer.Datagrams.Sum(datagram => datagram.Bytes.Length), Is.InRange(1, 3 * received));
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Closed));
    }

    private static int BytesTo(ScriptedPeer peer, SocketAddress address) =>
        peer.Datagrams.Where(datagram => datagram.Address.Equals(address)).Sum(datagram => datagram.Bytes.Length);

    private static List<string> Challenges(ScriptedPeer peer) =>
        peer.Sent(FrameType.PathChallenge, static (in frame) => Convert.ToHexString(frame.Data));

    /// <summary>Answers to all challenges: only the one that is open counts.</summary>
    private static byte[] Response(ScriptedPeer peer, List<string> challenges) =>
        peer.Packet(EncryptionLevel.Application, Hex.Parse(string.Concat(challenges.Select(data => "1b" + data))));
}
