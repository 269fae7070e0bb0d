using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Key updates that keep to RFC 9001 §6, and those that do not.</summary>
[ReturnsBuffers]
internal sealed class KeyUpdateTests
{
    private static readonly byte[] Ping = [1];

    [Test]
    public void Follows_the_peer_as_often_as_it_updates()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        for (int i = 0; i < 20; i++)
        {
            peer.UpdateKeys();
            peer.AssertOpen();
            peer.Acknowledge();
        }
    }

    [Test]
    public void Updates_by_itself_once_the_peer_has_followed()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        for (int i = 0; i < 20; i++)
        {
            peer.AssertOpen();
            peer.Acknowledge();
            peer.Core.RequestKeyUpdate();
            peer.AssertOpen();
            peer.UpdateKeys();
        }
    }

    [Test]
    public void Reads_what_was_sent_before_an_update_and_comes_after_it()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        byte[] late = peer.Packet(EncryptionLevel.Application, Hex.Parse("0b 00 01 61"));
        peer.UpdateKeys();
        peer.AssertOpen();

        peer.Deliver(late);

        Assert.That(peer.Core.HasAllOfStream(0));
        peer.AssertOpen();
    }

    [Test]
    public void Drops_it_when_it_comes_much_later()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Options(isServer: true, answerTimeout: 0));
        byte[] late = peer.Packet(EncryptionLevel.Application, Hex.Parse("0b 00 01 61"));
        peer.UpdateKeys();
        peer.AssertOpen();
        peer.Advance(20_000_000);

        peer.Deliver(late);

        Assert.That(peer.Core.HasAllOfStream(0), Is.False);
        peer.AssertOpen();
    }

    [Test]
    public void Closes_when_the_peer_goes_back_to_old_keys()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        PacketKeys old = peer.UpdateKeys();
        peer.AssertOpen();

        peer.Send(EncryptionLevel.Application, Ping, new PacketSpec { Keys = old, Phase = false });

        peer.AssertClosed(TransportErrorCode.KeyUpdateError);
    }

    [Test]
    public void Closes_when_the_peer_updates_again_before_it_heard_of_the_first()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.UpdateKeys();

        // Padding is not acknowledged.
        peer.Send(EncryptionLevel.Application, new byte[4]);
        peer.UpdateKeys();
        peer.Send(EncryptionLevel.Application, Ping);

        peer.AssertClosed(TransportErrorCode.KeyUpdateError);
    }

    [Test]
    public void Closes_when_the_peer_acknowledges_new_keys_with_old_ones()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Acknowledge();
        peer.Core.RequestKeyUpdate();
        peer.AssertOpen();

        peer.Acknowledge();

        peer.AssertClosed(TransportErrorCode.KeyUpdateError);
    }

    [Test]
    public void A_forged_packet_updates_nothing()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        using PacketKeys forged = PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]);
        for (int i = 0; i < 10; i++)
        {
            peer.Send(EncryptionLevel.Application, Ping, new PacketSpec { Keys = forged, Phase = i % 2 == 0 });
        }

        peer.AssertOpen();
    }
}
