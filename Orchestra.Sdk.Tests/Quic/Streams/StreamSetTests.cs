using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>Which streams there are: how they are opened, forgotten and given up.</summary>
internal sealed class StreamSetTests : StreamSetFixture
{
    [TestCase(true, new long[] { 0, 4, 8 })]
    [TestCase(false, new long[] { 2, 6 })]
    public void Opens_as_many_as_the_peer_allows(bool bidirectional, long[] expected)
    {
        // RFC 9000 §2.1: the two lowest bits say who opened it and in how many directions it goes.
        foreach (long id in expected)
        {
            Assert.That(Streams.TryOpen(bidirectional, out long opened));
            Assert.That(opened, Is.EqualTo(id));
        }

        Assert.That(Streams.TryOpen(bidirectional, out _), Is.False);
    }

    [Test]
    public void Opens_more_once_the_peer_allows_it()
    {
        OpenAll();
        Streams.OnMaxStreams(bidirectional: true, 3);
        Assert.That(Streams.TryOpen(bidirectional: true, out _), Is.False, "RFC 9000 §4.6: a limit that is not larger is ignored");
        Streams.OnMaxStreams(bidirectional: true, 4);
        Assert.That(Streams.TryOpen(bidirectional: true, out long id));
        Assert.That(id, Is.EqualTo(12));
        Assert.That(Streams.TryOpen(bidirectional: true, out _), Is.False);
    }

    [Test]
    public void Forgets_a_stream_when_both_directions_are_done()
    {
        long id = Open(bidirectional: true);
        Streams.Write(id, [1], fin: true);
        Send();
        Receive("0b 00 01 61");
        Streams.Read(id, new byte[10]);
        Events();
        Assert.That(Streams.Count, Is.EqualTo(1), "the peer has not all yet");
        Streams.OnAcknowledged(new SentFrame(FrameType.Stream, id, Length: 1, Fin: true));
        Assert.That(Events(), Is.EqualTo(new[] { (StreamEventType.Closed, id) }));
        Assert.That(Streams.Count, Is.Zero);
    }

    [Test]
    public void Keeps_only_what_is_complete_when_the_peer_has_closed()
    {
        Receive("0b 01 01 61 0a 05 01 61 04 09 00 00");
        long own = Open(bidirectional: true);
        Streams.Write(own, [1], fin: true);
        Streams.KeepComplete();
        Assert.That(Streams.HasPending, Is.False);
        Assert.That((Streams.Count, Streams.HasAll(1)), Is.EqualTo((1, true)));
        Assert.That(Streams.Read(1, new byte[10]), Is.EqualTo(new StreamReadResult(1, StreamReadStatus.Finished)));
    }

    [Test]
    public void Gives_all_memory_back_in_the_end()
    {
        int before = HeldBuffers.Count;
        long id = Open(bidirectional: true);
        Streams.Write(id, new byte[10], fin: true);
        Receive("0a 01 01 61");
        Assert.That(HeldBuffers.Count, Is.EqualTo(before + 2));
        Streams.Clear();
        Assert.That((HeldBuffers.Count, Streams.Count, Streams.HasPending), Is.EqualTo((before, 0, false)));
    }

    private void OpenAll()
    {
        while (Streams.TryOpen(bidirectional: true, out _))
        {
        }
    }
}
