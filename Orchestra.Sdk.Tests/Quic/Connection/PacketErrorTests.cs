using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Packets that end a connection, and those that are dropped: RFC 9000 §5.2, §10.3, §12 and §17, RFC 9001 §5.5 and §6.6.</summary>
[ReturnsBuffers]
internal sealed class PacketErrorTests
{
    private static readonly byte[] Ping = [1];

    [TestCase(EncryptionLevel.Initial, 0x08)]
    [TestCase(EncryptionLevel.Initial, 0x04)]
    [TestCase(EncryptionLevel.Application, 0x10)]
    [TestCase(EncryptionLevel.Application, 0x08)]
    public void Closes_for_reserved_bits(EncryptionLevel level, byte bits)
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        if (level == EncryptionLevel.Application)
        {
            peer.Shake();
        }

        peer.Send(level, Ping, new PacketSpec { FirstByteBits = bits });

        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Drops_what_was_changed_on_its_way()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        byte[] packet = peer.Packet(EncryptionLevel.Application, Hex.Parse("0b 00 01 61"));
        for (int i = 0; i < packet.Length; i++)
        {
            byte[] changed = [.. packet];
            changed[i] ^= 0x01;
            peer.Deliver(changed);
            peer.Deliver(packet[..i]);
        }

        Assert.That(peer.Core.HasAllOfStream(0), Is.False);
        peer.AssertOpen();
        peer.Deliver(packet);
        Assert.That(peer.Core.HasAllOfStream(0));
    }

    [Test]
    public void Takes_a_packet_once()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        byte[] packet = peer.Packet(EncryptionLevel.Application, Hex.Parse("1a 0102030405060708"));
        for (int i = 0; i < 5; i++)
        {
            peer.Deliver([.. packet]);
        }

        Assert.That(peer.Count(FrameType.PathResponse), Is.EqualTo(1));
    }

    [Test]
    public void Drops_packets_that_are_not_for_it()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        const string Close = "1c 00 00 00";

        // Before anything else came: with a token, which only clients may send.
        peer.Send(EncryptionLevel.Initial, Close, new PacketSpec { Token = [1] });
        peer.Shake();
        peer.AssertOpen();

        // 0-RTT, a version that nobody speaks, nothing at all; and by somebody else than the server.
        peer.Deliver([0xd0, 0, 0, 0, 1, 0, 0, 5, 1, 2, 3, 4, 5]);
        peer.Deliver([0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 0, 0, 5, 1, 2, 3, 4, 5]);
        peer.Deliver([]);
        peer.Deliver(
            peer.Packet(EncryptionLevel.Application, Hex.Parse("1c 00 00 00")), new IPEndPoint(IPAddress.Loopback, 9).Serialize());
        peer.AssertOpen();
    }

    [Test]
    public void Drops_handshake_packets_with_another_source()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);

        peer.Send(EncryptionLevel.Initial, "1c 00 00 00", new PacketSpec { Source = ConnectionId.Random(8) });

        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Handshaking));
        peer.Shake();
        peer.AssertOpen();
    }

    [Test]
    public void Drops_initial_packets_in_small_datagrams()
    {
        using var peer = new ScriptedPeer(isServer: false);
        int answered = peer.Datagrams.Count;
        byte[] small = peer.Packet(EncryptionLevel.Initial, Ping);
        peer.Deliver(small[..1199]);
        Assert.That(peer.Datagrams, Has.Count.EqualTo(answered));

        peer.Shake();
        peer.AssertOpen();
    }

    [Test]
    public void Drops_packets_for_another_id_in_the_same_datagram()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        byte[] first = peer.Packet(EncryptionLevel.Initial, Ping);
        byte[] second = peer.Packet(EncryptionLevel.Initial, Hex.Parse("1c 00 00 00"), new PacketSpec { Destination = ConnectionId.Random(8) });

        peer.Deliver([.. first, .. second]);

        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Handshaking));
    }

    [Test]
    public void Closes_when_too_many_packets_are_forged()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(Options(maxForgedPackets: 5));
        for (int i = 0; i < 5; i++)
        {
            peer.AssertOpen();
            byte[] packet = peer.Packet(EncryptionLevel.Application, Ping);
            packet[^1] ^= 1;
            peer.Deliver(packet);
        }

        peer.AssertClosed(TransportErrorCode.AeadLimitReached);
    }

    [Test]
    public void Closes_when_a_key_is_used_up_and_the_peer_does_not_let_it_take_another()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(Options(maxPacketsPerKey: 30));
        for (int i = 0; i < 100 && peer.Core.CloseReason is null; i++)
        {
            peer.Send(EncryptionLevel.Application, Ping);
        }

        peer.AssertClosed(TransportErrorCode.AeadLimitReached);
    }

    [Test]
    public void Keys_have_the_limits_of_their_cipher()
    {
        using var keys = new ApplicationKeys(
            PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]), PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]));

        // RFC 9001 §6.6, with what the end of the connection takes.
        Assert.That(keys.IsConfidentialityExhausted((1 << 23) - 65, long.MaxValue), Is.False);
        Assert.That(keys.IsConfidentialityExhausted((1 << 23) - 64, long.MaxValue));
    }

    [Test]
    public void Ends_at_a_stateless_reset_with_the_token_of_an_id_in_use()
    {
        using ScriptedPeer peer = ScriptedPeer.Server();
        peer.Send(EncryptionLevel.Application, "18 01 01 08 0102030405060708 000102030405060708090a0b0c0d0e0f");

        // The token of the id that is retired, and one that is not the whole.
        peer.Deliver([0x40, .. new byte[20], .. peer.ResetToken]);
        peer.Deliver([0x40, .. new byte[20], .. Hex.Parse("000102030405060708090a0b0c0d0e0e")]);
        peer.AssertOpen();

        peer.Deliver([0x40, .. new byte[20], .. Hex.Parse("000102030405060708090a0b0c0d0e0f")]);
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Closed));
        Assert.That(peer.Core.CloseReason!.Origin, Is.EqualTo(CloseOrigin.StatelessReset));
    }

    [Test]
    public void Takes_datagrams_that_are_larger_than_its_own()
    {
        // As others probe for the largest that the path carries.
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Send(EncryptionLevel.Application, [1, .. new byte[1452]]);
        peer.Send(EncryptionLevel.Application, [1, .. new byte[9000]]);

        Assert.That(peer.Sent(FrameType.Ack, static (in frame) => frame.Acks.LargestAcknowledged).Last(), Is.EqualTo(1));
    }

    private static ConnectionOptions Options(long maxForgedPackets = long.MaxValue, long maxPacketsPerKey = long.MaxValue) => new()
    {
        IsServer = true,
        Tls = SimulatedPeers.Server().Tls,
        StatelessResetKey = new byte[32],
        MaxForgedPackets = maxForgedPackets,
        MaxPacketsPerKey = maxPacketsPerKey,
    };
}
