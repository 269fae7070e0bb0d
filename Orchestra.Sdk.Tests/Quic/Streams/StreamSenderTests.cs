using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>A client that has opened the streams 0 and 4.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class StreamSenderTests
{
    private const int Capacity = 100;

    private readonly Queue<StreamEvent> _events = new();
    private readonly ConnectionFlow _flow = FixedWindows.Flow(1000);
    private readonly SendMemory _memory = FixedWindows.Memory(Capacity);
    private readonly StreamTable _table;
    private readonly StreamSender _sender;
    private List<SentFrame> _sent = [];

    public StreamSenderTests()
    {
        _table = new StreamTable(isServer: false, new StreamOptions(), _events);
        _table.SetPeerParameters(new TransportParameters { InitialMaxStreamsBidi = 2, InitialMaxStreamDataBidiRemote = 50 });
        _flow.OnRaised(80);
        _sender = new StreamSender(_table, _flow, _memory, FixedWindows.Path().Rtt, _events);
        _table.TryOpen(bidirectional: true, out _);
        _table.TryOpen(bidirectional: true, out _);
    }

    [TearDown]
    public void Dispose() => _table.Clear();

    [Test]
    public void Lets_streams_take_turns()
    {
        Write(0, 40);
        Write(4, 40);
        Assert.That(Send(room: 20), Is.EqualTo(new[] { (FrameType.Stream, 0L) }));
        Assert.That(Send(room: 20), Is.EqualTo(new[] { (FrameType.Stream, 4L) }));
        Assert.That(Send(room: 20), Is.EqualTo(new[] { (FrameType.Stream, 0L) }));
    }

    [Test]
    public void Sends_no_more_than_a_stream_may_and_says_so_once()
    {
        Write(0, 60);
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.Stream, 0L) }));
        Assert.That(_sent[0].Length, Is.EqualTo(50));
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.StreamDataBlocked, 0L) }));
        Assert.That((Send(), _sender.HasPending), Is.EqualTo((Array.Empty<(FrameType, long)>(), false)));
    }

    [Test]
    public void Sends_no_more_than_all_streams_may_and_says_so_once()
    {
        Write(0, 50);
        Write(4, 50);
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.Stream, 0L), (FrameType.Stream, 4L) }));
        Assert.That(_sent.Sum(static frame => frame.Length), Is.EqualTo(80));
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.DataBlocked, 0L) }));
        Assert.That((Send(), _sender.HasPending), Is.EqualTo((Array.Empty<(FrameType, long)>(), false)));
        _flow.OnRaised(100);
        Assert.That(_sender.HasPending);
    }

    [Test]
    public void Sends_again_what_was_lost_though_there_is_no_credit()
    {
        Write(0, 50);
        Write(4, 50);
        Send();
        _sender.OnLost(_sent[0]);
        Assert.That(_sender.HasPending);
        Send();
        Assert.That(_sent[0], Is.EqualTo(new SentFrame(FrameType.Stream, 0, 0, 50)));
        Assert.That(_flow.Sent, Is.EqualTo(80));
    }

    [Test]
    public void Forgets_a_stream_whose_end_arrived_and_whose_other_half_is_done()
    {
        StreamState stream = Write(0, 5, fin: true);
        stream.Receive.OnReceived(0, end: 0, finalSize: 0, FrameType.Stream, _flow);
        stream.Receive.IsDelivered = true;
        Send();
        _sender.OnAcknowledged(_sent[0]);
        Assert.That(_table.Find(0), Is.Null);
        Assert.That(_events, Is.EqualTo(new[] { new StreamEvent(StreamEventType.Closed, 0) }));
    }

    [Test]
    public void Tells_a_writer_of_room()
    {
        StreamState stream = Write(0, Capacity + 1);
        stream.Send.Limit = Capacity;
        Send();
        _sender.OnAcknowledged(_sent[0]);
        Assert.That(_events, Is.EqualTo(new[] { new StreamEvent(StreamEventType.Writable, 0) }));
    }

    [Test]
    public void Sends_what_was_lost_of_a_stream_that_was_reset_no_more_but_its_reset()
    {
        StreamState stream = Write(0, 5);
        Send();
        SentFrame data = _sent[0];
        stream.Send.TryReset(7, _memory);
        stream.Control.IsResetDue = true;
        _sender.EnqueueControl(stream);
        _sender.OnLost(data);
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.ResetStream, 0L) }));
        _sender.OnLost(_sent[0]);
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.ResetStream, 0L) }));
        _sender.OnAcknowledged(_sent[0]);
        _sender.OnLost(_sent[0]);
        Assert.That(_sender.HasPending, Is.False);
    }

    [TestCase(FrameType.MaxData)]
    [TestCase(FrameType.MaxStreamsBidi)]
    [TestCase(FrameType.MaxStreamsUni)]
    public void Tells_a_limit_again_that_was_lost(FrameType type)
    {
        _sender.OnLost(new SentFrame(type));
        Assert.That(Send(), Is.EqualTo(new[] { (type, 0L) }));
    }

    [Test]
    public void Tells_again_that_it_is_blocked_only_while_it_is()
    {
        Write(0, 50);
        Write(4, 50);
        Send();
        Send();
        SentFrame blocked = _sent[0];
        _sender.OnLost(blocked);
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.DataBlocked, 0L) }));
        _flow.OnRaised(90);
        _sender.OnLost(blocked);
        Assert.That(Send(), Is.EqualTo(new[] { (FrameType.Stream, 4L) }));
    }

    private StreamState Write(long id, int length, bool fin = false)
    {
        StreamState stream = _table.Find(id)!;
        stream.Send.Write(new byte[length], fin, _memory);
        _sender.EnqueueData(stream);
        return stream;
    }

    private (FrameType, long)[] Send(int room = 500)
    {
        var writer = new SpanWriter(new byte[room]);
        SentPacket packet = SentPacket.Rent();
        _sender.WriteFrames(ref writer, packet, now: 0);
        _sent = [.. packet.Frames];
        packet.Return();
        return [.. _sent.Select(static frame => (frame.Type, frame.Id))];
    }
}
