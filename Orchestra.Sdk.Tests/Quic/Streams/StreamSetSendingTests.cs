using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>What goes out of the streams, whose turn it is, and what is said again.</summary>
internal sealed class StreamSetSendingTests : StreamSetFixture
{
    [Test]
    public void Takes_as_much_as_it_keeps_and_says_when_there_is_room_again()
    {
        long id = Open(bidirectional: true);
        Assert.That(Streams.Write(id, new byte[150], fin: true), Is.EqualTo(100));
        Assert.That(Streams.Write(id, new byte[1], fin: false), Is.Zero);
        Assert.That(Send(), Is.EqualTo(new[] { "0: 0+60" }));
        Streams.OnMaxStreamData(new Frame { Type = FrameType.MaxStreamData, StreamId = id, Maximum = 200 });
        Assert.That(Send(), Is.EqualTo(new[] { "0: 60+40" }), "what was not taken has not ended it");

        Streams.OnAcknowledged(new SentFrame(FrameType.Stream, id, Offset: 0, Length: 49));
        Assert.That(Events(), Is.Empty, "not half of it is free");
        Streams.OnAcknowledged(new SentFrame(FrameType.Stream, id, Offset: 49, Length: 1));
        Assert.That(Events(), Is.EqualTo(new[] { (StreamEventType.Writable, id) }));
        Streams.OnAcknowledged(new SentFrame(FrameType.Stream, id, Offset: 50, Length: 1));
        Assert.That(Events(), Is.Empty, "once");
    }

    [Test]
    public void Takes_nothing_where_nobody_will_get_it()
    {
        long ended = Open(bidirectional: true);
        Streams.Write(ended, [1], fin: true);
        long reset = Open(bidirectional: true);
        Streams.Reset(reset, 7);
        Receive("08 03 61");
        foreach (long id in new[] { ended, reset, 3, 44 })
        {
            Assert.That(Streams.Write(id, [1], fin: false), Is.EqualTo(-1), $"stream {id}");
        }
    }

    [Test]
    public void Gives_each_stream_a_turn()
    {
        long first = Open(bidirectional: true);
        long second = Open(bidirectional: true);
        Streams.Write(first, new byte[40], fin: true);
        Streams.Write(second, new byte[17], fin: true);
        Assert.That(Send(room: 20), Is.EqualTo(new[] { "0: 0+17" }));
        Assert.That(Send(room: 20), Is.EqualTo(new[] { "4: 0+17 end" }));
        Assert.That(Send(room: 20), Is.EqualTo(new[] { "0: 17+16" }));
        Assert.That(Send(room: 20), Is.EqualTo(new[] { "0: 33+7 end" }));
        Assert.That(Streams.HasPending, Is.False);
    }

    [TestCase(true, 60)]
    [TestCase(false, 70)]
    public void Sends_no_more_on_a_stream_than_the_peer_allows(bool bidirectional, int limit)
    {
        long id = Open(bidirectional);
        Streams.Write(id, new byte[100], fin: true);
        Assert.That(Send(), Is.EqualTo(new[] { $"{id}: 0+{limit}" }));
        Assert.That(Send(), Is.EqualTo(new[] { $"StreamDataBlocked {id}: {limit}" }));
        Streams.OnAcknowledged(new SentFrame(FrameType.Stream, id, Length: 10));
        Assert.That(Streams.HasPending, Is.False, "it is said once for each limit");

        Streams.OnMaxStreamData(new Frame { Type = FrameType.MaxStreamData, StreamId = id, Maximum = limit - 1 });
        Assert.That(Streams.HasPending, Is.False, "RFC 9000 §4.1: a limit never falls");
        Streams.OnMaxStreamData(new Frame { Type = FrameType.MaxStreamData, StreamId = id, Maximum = 200 });
        Assert.That(Send(), Is.EqualTo(new[] { $"{id}: {limit}+{100 - limit} end" }));
    }

    [Test]
    public void Sends_no_more_on_all_streams_than_the_peer_allows_but_what_was_lost_again()
    {
        Streams = Create(maxData: 50);
        long first = Open(bidirectional: true);
        long second = Open(bidirectional: true);
        Streams.Write(first, new byte[40], fin: true);
        Streams.Write(second, new byte[40], fin: true);
        Assert.That(Send(), Is.EqualTo(new[] { "0: 0+40 end", "4: 0+10" }));
        Assert.That(Send(), Is.EqualTo(new[] { "DataBlocked 50" }));
        Streams.OnLost(new SentFrame(FrameType.Stream, first, Offset: 5, Length: 35, Fin: true));
        Assert.That(Send(), Is.EqualTo(new[] { "0: 5+35 end" }));
        Assert.That(Streams.Flow.Sent, Is.EqualTo(50), "it counted when it was sent first");
    }

    [Test]
    public void Resets_its_direction_once_and_says_it_until_it_arrived()
    {
        long id = Open(bidirectional: true);
        Streams.Write(id, new byte[30], fin: false);
        Send(room: 20);
        Streams.Reset(id, 7);
        Streams.Reset(id, 8);
        Assert.That(Send(), Is.EqualTo(new[] { "reset 0 with 7 at 17" }), "what was not sent yet is dropped");
        Streams.OnLost(new SentFrame(FrameType.Stream, id, Offset: 0, Length: 17));
        Assert.That(Streams.HasPending, Is.False, "nobody wants it any more");
        Streams.OnLost(new SentFrame(FrameType.ResetStream, id));
        Assert.That(Send(), Is.EqualTo(new[] { "reset 0 with 7 at 17" }));
        Streams.OnAcknowledged(new SentFrame(FrameType.ResetStream, id));
        Streams.OnLost(new SentFrame(FrameType.ResetStream, id));
        Assert.That(Streams.HasPending, Is.False);
    }

    [Test]
    public void Resets_what_the_peer_wants_no_more()
    {
        // RFC 9000 §3.5: an endpoint that receives STOP_SENDING sends RESET_STREAM, and should copy the code.
        long id = Open(bidirectional: true);
        Streams.Write(id, new byte[5], fin: false);
        Receive("05 00 09 05 00 0a");
        Assert.That(Send(), Is.EqualTo(new[] { "reset 0 with 9 at 0" }));
        Assert.That(NextEvent(), Is.EqualTo(new StreamEvent(StreamEventType.SendStopped, id, ErrorCode: 9)));
        Assert.That(Events(), Is.Empty);
    }

    [Test]
    public void Stops_what_it_wants_no_more_unless_all_of_it_came()
    {
        Receive("0a 01 02 6162 0b 05 02 6162");
        Streams.StopSending(1, 7);
        Streams.StopSending(1, 8);
        Streams.StopSending(5, 7);
        Assert.That(Send(), Is.EqualTo(new[] { "stop 1 with 7" }));
        Assert.That(Streams.Read(1, new byte[10]).Status, Is.EqualTo(StreamReadStatus.Finished));

        Streams.OnLost(new SentFrame(FrameType.StopSending, 1));
        Assert.That(Send(), Is.EqualTo(new[] { "stop 1 with 7" }));
        Receive("04 01 07 05");
        Streams.OnLost(new SentFrame(FrameType.StopSending, 1));
        Assert.That(Streams.HasPending, Is.False, "the peer has stopped");
    }
}
