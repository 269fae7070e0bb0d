using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Retry and Version Negotiation packets, as a client takes them: RFC 9000 §6.2, §7.3, §8.1.2 and §17.2.5.</summary>
[ReturnsBuffers]
internal sealed class RetryTests
{
    private static readonly ConnectionId Source = ConnectionId.Of([7, 7, 7, 7, 7, 7, 7, 7]);

    [Test]
    public void Begins_again_with_the_token_and_the_new_id()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Core.Receive(new ReceivedDatagram(Retry(peer), peer.Address, ecn: 0, peer.Now));

        AssertToken(peer, [1, 2, 3], Source);
    }

    [Test]
    public void Takes_no_second_one()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Core.Receive(new ReceivedDatagram(Retry(peer), peer.Address, ecn: 0, peer.Now));
        AssertToken(peer, [1, 2, 3], Source);

        peer.Core.Receive(new ReceivedDatagram(Retry(peer, token: [4]), peer.Address, ecn: 0, peer.Now));
        peer.Core.Receive(new ReceivedDatagram(VersionNegotiation(peer, 0x1a2a3a4a), peer.Address, ecn: 0, peer.Now));

        Assert.That(peer.Core.CloseReason, Is.Null);
        Assert.That(peer.Core.Send(new byte[1200], peer.Now), Is.Zero);
    }

    [Test]
    public void Takes_none_that_was_changed()
    {
        using var peer = new ScriptedPeer(isServer: true);
        byte[] retry = Retry(peer);
        for (int i = 0; i < retry.Length; i++)
        {
            byte[] changed = [.. retry];
            changed[i] ^= 0x10;
            peer.Core.Receive(new ReceivedDatagram(changed, peer.Address, ecn: 0, peer.Now));
        }

        peer.Core.Receive(new ReceivedDatagram(Retry(peer, token: []), peer.Address, ecn: 0, peer.Now));
        peer.Core.Receive(new ReceivedDatagram(Retry(peer, original: ConnectionId.Random(8)), peer.Address, ecn: 0, peer.Now));
        peer.Core.Receive(new ReceivedDatagram(Retry(peer, source: peer.OriginalDestination), peer.Address, ecn: 0, peer.Now));
        AssertOnlyFirst(peer);
    }

    [Test]
    public void Takes_none_once_the_server_has_answered()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);
        peer.Deliver(Retry(peer));
        peer.Deliver(VersionNegotiation(peer, 0x1a2a3a4a));

        peer.Shake();
        peer.AssertOpen();
    }

    [Test]
    public void Wants_to_hear_of_it_from_the_server_too()
    {
        // The server that follows knows nothing of a Retry: somebody in between made it.
        using var peer = new ScriptedPeer(isServer: true);
        peer.Core.Receive(new ReceivedDatagram(Retry(peer), peer.Address, ecn: 0, peer.Now));
        peer.InstallInitialKeys(Source);
        peer.Pump();
        peer.SendCrypto();

        peer.AssertClosed(TransportErrorCode.TransportParameterError);
    }

    [Test]
    public void Ends_where_the_server_does_not_speak_its_version()
    {
        using var peer = new ScriptedPeer(isServer: true);

        // One that lists version 1, one for another connection, and one that lists nothing.
        peer.Core.Receive(new ReceivedDatagram(VersionNegotiation(peer, PacketWriter.Version1), peer.Address, ecn: 0, peer.Now));
        peer.Core.Receive(new ReceivedDatagram(VersionNegotiation(peer, 0x1a2a3a4a, source: ConnectionId.Random(8)), peer.Address, ecn: 0, peer.Now));
        peer.Core.Receive(new ReceivedDatagram(VersionNegotiation(peer, 0x1a2a3a4a).AsSpan()[..^4], peer.Address, ecn: 0, peer.Now));
        AssertOnlyFirst(peer);

        peer.Core.Receive(new ReceivedDatagram(VersionNegotiation(peer, 0x1a2a3a4a), peer.Address, ecn: 0, peer.Now));
        Assert.That(peer.Core.CloseReason!.Origin, Is.EqualTo(CloseOrigin.VersionNegotiation));
    }

    private static byte[] Retry(ScriptedPeer peer, byte[]? token = null, ConnectionId? original = null, ConnectionId? source = null)
    {
        byte[] buffer = new byte[200];
        int length = RetryIntegrity.WriteRetry(
            buffer, peer.Destination, source ?? Source, original ?? peer.OriginalDestination, token ?? [1, 2, 3]);
        return buffer[..length];
    }

    private static byte[] VersionNegotiation(ScriptedPeer peer, uint version, ConnectionId? source = null)
    {
        byte[] bytes = new byte[100];
        var writer = new SpanWriter(bytes);
        writer.WriteByte(0x80);
        writer.WriteUInt32(0);
        foreach (ConnectionId id in (ConnectionId[])[peer.Destination, source ?? peer.OriginalDestination])
        {
            writer.WriteByte((byte)id.Length);
            id.CopyTo(writer.Reserve(id.Length));
        }

        writer.WriteUInt32(version);
        return bytes[..writer.Position];
    }

    /// <summary>Checks the first of the datagrams that the client now sends.</summary>
    private static void AssertToken(ScriptedPeer peer, byte[] token, ConnectionId destination)
    {
        byte[] buffer = new byte[1200];
        int length = peer.Core.Send(buffer, peer.Now);
        Assert.That(PacketHeader.TryParse(buffer.AsSpan(0, length), 8, out PacketHeader header));
        Assert.That(header.Token.ToArray(), Is.EqualTo(token));
        Assert.That(header.Destination, Is.EqualTo(destination));
        while (peer.Core.Send(buffer, peer.Now) > 0)
        {
            // The rest of the flight.
        }
    }

    /// <summary>Checks that nothing changed: there is the rest of the first flight, and it has no token.</summary>
    private static void AssertOnlyFirst(ScriptedPeer peer)
    {
        Assert.That(peer.Core.CloseReason, Is.Null);
        byte[] buffer = new byte[1200];
        int length;
        while ((length = peer.Core.Send(buffer, peer.Now)) > 0)
        {
            Assert.That(PacketHeader.TryParse(buffer.AsSpan(0, length), 8, out PacketHeader header));
            Assert.That(header.Token.IsEmpty);
            Assert.That(header.Destination, Is.EqualTo(peer.OriginalDestination));
        }
    }
}
