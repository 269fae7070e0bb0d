using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>A connection that is held up by the peer's limits says so, once for each: RFC 9000 §4.1 and §4.6.</summary>
[ReturnsBuffers]
internal sealed class BlockedTests
{
    [Test]
    public void By_the_limit_over_all_streams()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(change: static parameters => parameters.InitialMaxData = 100);
        Write(peer, 1000);
        Assert.That(Limits(peer, FrameType.DataBlocked), Is.EqualTo(new[] { 100L }));

        peer.Send(EncryptionLevel.Application, "10 40c8");
        peer.Send(EncryptionLevel.Application, [1]);
        Assert.That(Limits(peer, FrameType.DataBlocked), Is.EqualTo(new[] { 100L, 200L }));

        peer.Send(EncryptionLevel.Application, "10 8000ffff");
        Assert.That(Limits(peer, FrameType.DataBlocked), Has.Count.EqualTo(2));
        Assert.That(Limits(peer, FrameType.StreamDataBlocked), Is.Empty);
    }

    [Test]
    public void By_the_limit_of_a_stream()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(change: static parameters => parameters.InitialMaxStreamDataBidiRemote = 100);
        long id = Write(peer, 1000);
        Assert.That(Limits(peer, FrameType.StreamDataBlocked), Is.EqualTo(new[] { 100L }));

        peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) => FrameWriter.TryWriteMaxStreamData(ref w, id, 200)));
        peer.Send(EncryptionLevel.Application, [1]);
        Assert.That(Limits(peer, FrameType.StreamDataBlocked), Is.EqualTo(new[] { 100L, 200L }));
        Assert.That(peer.Sent(FrameType.StreamDataBlocked, static (in frame) => frame.StreamId), Is.All.EqualTo(id));
        Assert.That(Limits(peer, FrameType.DataBlocked), Is.Empty);
    }

    [Test]
    public void By_the_number_of_streams([Values] bool bidirectional)
    {
        FrameType type = bidirectional ? FrameType.StreamsBlockedBidi : FrameType.StreamsBlockedUni;
        using ScriptedPeer peer = ScriptedPeer.Client(change: static parameters =>
        {
            parameters.InitialMaxStreamsBidi = 1;
            parameters.InitialMaxStreamsUni = 1;
        });
        Assert.That(peer.Core.TryOpenStream(bidirectional, out _));
        peer.Pump();
        Assert.That(Limits(peer, type), Is.Empty);
        for (int i = 0; i < 3; i++)
        {
            Assert.That(peer.Core.TryOpenStream(bidirectional, out _), Is.False);
            peer.Pump();
        }

        Assert.That(Limits(peer, type), Is.EqualTo(new[] { 1L }));
        peer.Send(EncryptionLevel.Application, bidirectional ? "12 02" : "13 02");
        Assert.That(peer.Core.TryOpenStream(bidirectional, out _));
        Assert.That(peer.Core.TryOpenStream(bidirectional, out _), Is.False);
        peer.Pump();
        Assert.That(Limits(peer, type), Is.EqualTo(new[] { 1L, 2L }));
    }

    [Test]
    public void And_says_it_again_where_it_was_not_heard()
    {
        using ScriptedPeer peer = ScriptedPeer.Client(change: static parameters => parameters.InitialMaxData = 100);
        Write(peer, 1000);
        for (int i = 0; i < 10; i++)
        {
            peer.Send(EncryptionLevel.Application, [1]);
        }

        // Of all those only the last arrived.
        peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) =>
            FrameWriter.TryWriteAck(ref w, 0, [new PacketRange(peer.LargestReceived, peer.LargestReceived)], out _)));
        Assert.That(Limits(peer, FrameType.DataBlocked), Is.EqualTo(new[] { 100L, 100L }));
    }

    private static long Write(ScriptedPeer peer, int bytes)
    {
        Assert.That(peer.Core.TryOpenStream(bidirectional: true, out long id));
        Assert.That(peer.Core.WriteStream(id, new byte[bytes], fin: true), Is.EqualTo(bytes));
        peer.Pump();
        return id;
    }

    private static List<long> Limits(ScriptedPeer peer, FrameType type) => peer.Sent(type, static (in frame) => frame.Maximum);
}
