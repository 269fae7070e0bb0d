using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Fills up what docs/quic.md says that a connection keeps for its peer, with the limits that are used.</summary>
[ReturnsBuffers]
internal sealed class LimitTests
{
    private const int Mebibyte = 1024 * 1024;
    private const int Piece = 1024;

    [Test]
    public void Streams_of_the_peer()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Server());
        for (int i = 0; i < 100; i++)
        {
            Send(peer, 4 * i, offset: 0, length: 1);
        }

        peer.AssertOpen();
        Send(peer, 4 * 100, offset: 0, length: 1);
        peer.AssertClosed(TransportErrorCode.StreamLimitError);
    }

    [Test]
    public void No_unidirectional_streams_of_the_peer()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Server());
        Send(peer, stream: 2, offset: 0, length: 1);
        peer.AssertClosed(TransportErrorCode.StreamLimitError);
    }

    [Test]
    public void Data_that_nobody_reads()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Server());
        int buffers = HeldBuffers.Count;
        long bytes = GC.GetTotalMemory(forceFullCollection: true);
        for (int stream = 0; stream < 4; stream++)
        {
            for (int offset = 0; offset < Mebibyte; offset += Piece)
            {
                Send(peer, 4 * stream, offset, Piece);
            }
        }

        peer.AssertOpen();
        Assert.That(HeldBuffers.Count - buffers, Is.LessThanOrEqualTo(4));

        // What the peer's own bookkeeping needs is among it.
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - bytes, Is.LessThan(10 * Mebibyte));
        Send(peer, 4 * 4, offset: 0, length: 1);
        peer.AssertClosed(TransportErrorCode.FlowControlError);
        Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(buffers));
    }

    [Test]
    public void Data_that_nobody_reads_on_one_stream()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Server());
        for (int offset = 0; offset < Mebibyte; offset += Piece)
        {
            Send(peer, stream: 0, offset, Piece);
        }

        peer.AssertOpen();
        Send(peer, stream: 0, Mebibyte, length: 1);
        peer.AssertClosed(TransportErrorCode.FlowControlError);
    }

    [Test]
    public void Data_that_the_peer_does_not_take()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Server());
        Send(peer, stream: 0, offset: 0, length: 1);

        Assert.That(peer.Core.WriteStream(0, new byte[Mebibyte], fin: false), Is.EqualTo(512 * 1024));
        Assert.That(peer.Core.WriteStream(0, new byte[1], fin: false), Is.Zero);
    }

    [Test]
    public void Ranges_of_packets_that_came()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(SimulatedPeers.Server());
        for (int i = 0; i < 1000; i++)
        {
            // Every second one is missing.
            peer.Send(EncryptionLevel.Application, "01", new PacketSpec { Number = 1000 + (2 * i) });
        }

        Assert.That(
            peer.Sent(FrameType.Ack, static (in frame) => CountRanges(frame.Acks)).Max(), Is.EqualTo(64));
        peer.AssertOpen();
    }

    [Test]
    public void Packets_that_overtake_their_keys_are_kept_up_to_2400_bytes([Values] bool isTooLong)
    {
        using var peer = new ScriptedPeer(isServer: false);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);
        byte[] packet = peer.Packet(EncryptionLevel.Application, Stream(0, offset: 0, length: 1));
        int padding = (2 * ConnectionCore.BaseDatagramSize) - packet.Length + (isTooLong ? 1 : 0);
        peer.Send(EncryptionLevel.Application, [.. Stream(0, offset: 0, length: 1), .. new byte[padding]]);

        peer.SendCrypto();

        Assert.That(peer.Core.ReadStream(0, new byte[2]).Length, Is.EqualTo(isTooLong ? 0 : 1));
    }

    private static int CountRanges(AckRanges ranges)
    {
        int count = 0;
        foreach ((_, _) in ranges)
        {
            count++;
        }

        return count;
    }

    private static void Send(ScriptedPeer peer, long stream, long offset, int length) =>
        peer.Send(EncryptionLevel.Application, Stream(stream, offset, length));

    private static byte[] Stream(long stream, long offset, int length) => ScriptedPeer.Frame((ref w) =>
    {
        // With its length, so that others can follow.
        w.WriteByte(0x0e);
        w.WriteVarInt(stream);
        w.WriteVarInt(offset);
        w.WriteVarInt(length);
        w.WriteBytes(new byte[length]);
        return true;
    });
}
