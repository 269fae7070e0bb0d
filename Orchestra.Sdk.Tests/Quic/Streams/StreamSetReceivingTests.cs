using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>
/// What comes on the streams. What it is not to take from a peer is in StreamErrorTests, and what counts in <see cref="ReceivedDataTests"/>.
/// </summary>
internal sealed class StreamSetReceivingTests : StreamSetFixture
{
    [Test]
    public void A_stream_of_the_peer_opens_all_below_it()
    {
        // RFC 9000 §3.2: "receipt of a frame for a stream opens all lower-numbered streams of the same type".
        Receive("08 09 61");
        Assert.That(Events(), Is.EqualTo(new[]
        {
            (StreamEventType.Opened, 1L),
            (StreamEventType.Opened, 5L),
            (StreamEventType.Opened, 9L),
            (StreamEventType.Readable, 9L),
        }));
        Receive("08 05 61");
        Assert.That(Events(), Is.EqualTo(new[] { (StreamEventType.Readable, 5L) }));
    }

    [Test]
    public void Reads_what_is_in_order_and_then_the_end()
    {
        byte[] read = new byte[10];
        Receive("0e 01 02 01 63");
        Assert.That(Streams.Read(1, read), Is.EqualTo(new StreamReadResult(0, StreamReadStatus.WouldBlock)));
        Receive("08 01 6162");
        Assert.That(Streams.Read(1, read.AsSpan(0, 2)), Is.EqualTo(new StreamReadResult(2, StreamReadStatus.Data)));
        Receive("0f 01 03 01 64");
        Assert.That(Streams.HasAll(1));
        Assert.That(Streams.Read(1, read.AsSpan(2)), Is.EqualTo(new StreamReadResult(2, StreamReadStatus.Finished)));
        Assert.That(read[..4], Is.EqualTo("abcd"u8.ToArray()));
        Assert.That(Streams.HasAll(1), Is.False, "nothing is left to read");
        Assert.That(Streams.Read(1, read), Is.EqualTo(new StreamReadResult(0, StreamReadStatus.Finished)));
    }

    [Test]
    public void Tells_once_that_there_is_something_to_read_until_somebody_reads()
    {
        Receive("0a 01 01 61 0e 01 01 01 62 0e 01 05 01 66");
        Events();
        Receive("0e 01 02 01 63");
        Assert.That(Events(), Is.Empty);
        Streams.Read(1, new byte[10]);
        Receive("0e 01 06 01 67");
        Assert.That(Events(), Is.Empty, "it lies behind a gap");
        Receive("0e 01 03 02 6465");
        Assert.That(Events(), Is.EqualTo(new[] { (StreamEventType.Readable, 1L) }));
    }

    [Test]
    public void Reads_the_reset_of_the_peer_and_no_more_data()
    {
        Receive("0a 01 02 6162 04 01 09 05");
        Assert.That(Streams.HasAll(1), Is.False);
        Assert.That(Streams.Read(1, new byte[10]), Is.EqualTo(new StreamReadResult(0, StreamReadStatus.Reset, ErrorCode: 9)));
    }

    [Test]
    public void Lets_the_peer_open_more_when_half_of_its_streams_are_used_up()
    {
        // One of our own that ends is not among them.
        long own = Open(bidirectional: false);
        Streams.Write(own, [], fin: true);
        Send();
        Streams.OnAcknowledged(new SentFrame(FrameType.Stream, own, Fin: true));
        Assert.That(Streams.Count, Is.Zero);

        UseUp(3);
        Assert.That(Streams.HasPending, Is.False);
        UseUp(7);
        Assert.That(Send(), Is.EqualTo(new[] { "MaxStreamsUni 6" }));
        Streams.OnLost(new SentFrame(FrameType.MaxStreamsUni));
        Assert.That(Send(), Is.EqualTo(new[] { "MaxStreamsUni 6" }));
        UseUp(11);
        Assert.That(Streams.HasPending, Is.False);

        void UseUp(int id)
        {
            Receive($"0b {id:x2} 01 61");
            Streams.Read(id, new byte[10]);
        }
    }
}
