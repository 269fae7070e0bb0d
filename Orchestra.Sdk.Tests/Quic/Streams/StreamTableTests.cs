using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>A server's streams: a client opens 0, 4 and 2, 6; the server 1, 5 and 3, 7.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StreamTableTests
{
    private readonly Queue<StreamEvent> _events = new();
    private readonly StreamTable _table;

    public StreamTableTests()
    {
        _table = new StreamTable(isServer: true, new StreamOptions { Window = 10, MaxBidirectional = 2, MaxUnidirectional = 1 }, _events);
        _table.SetPeerParameters(new TransportParameters
        {
            InitialMaxStreamDataBidiLocal = 11,
            InitialMaxStreamDataBidiRemote = 12,
            InitialMaxStreamDataUni = 13,
            InitialMaxStreamsBidi = 1,
            InitialMaxStreamsUni = 1,
        });
    }

    [Test]
    public void Opens_as_many_as_the_peer_allows([Values] bool bidirectional)
    {
        Assert.That(_table.TryOpen(bidirectional, out long id));
        Assert.That(id, Is.EqualTo(bidirectional ? 1 : 3));
        Assert.That(_table.TryOpen(bidirectional, out id), Is.False);
        Assert.That(id, Is.EqualTo(-1));
    }

    [TestCase(0, true, true, 11)]
    [TestCase(2, false, true, 13)]
    public void Takes_the_peer_s_limit_for_a_stream_of_the_peer(long id, bool canSend, bool canReceive, long limit) =>
        AssertStream(_table.Receiving(id, FrameType.Stream)!, canSend, canReceive, limit);

    [TestCase(true, true, 12)]
    [TestCase(false, false, 13)]
    public void Takes_the_peer_s_limit_for_a_stream_of_ours(bool bidirectional, bool canReceive, long limit)
    {
        _table.TryOpen(bidirectional, out long id);
        AssertStream(_table.Find(id)!, canSend: true, canReceive, limit);
    }

    [Test]
    public void Opens_all_below_one_that_the_peer_opens()
    {
        // RFC 9000 §3.2.
        Assert.That(_table.Receiving(4, FrameType.Stream)!.Id, Is.EqualTo(4));
        Assert.That(_events, Is.EqualTo(new[] { new StreamEvent(StreamEventType.Opened, 0), new StreamEvent(StreamEventType.Opened, 4) }));
    }

    [TestCase(8, TransportErrorCode.StreamLimitError, TestName = "A third of two")]
    [TestCase(1, TransportErrorCode.StreamStateError, TestName = "One of ours that was never opened")]
    [TestCase(3, TransportErrorCode.StreamStateError, TestName = "One for sending only")]
    public void Refuses_frames_of_a_stream_that_cannot_be(long id, TransportErrorCode code) =>
        Assert.That(Assert.Throws<TransportException>(() => _table.Receiving(id, FrameType.Stream))!.Code, Is.EqualTo(code));

    [Test]
    public void Refuses_to_send_on_one_for_receiving_only() =>
        Assert.That(
            Assert.Throws<TransportException>(() => _table.Sending(2, FrameType.MaxStreamData))!.Code, Is.EqualTo(TransportErrorCode.StreamStateError));

    [Test]
    public void Forgets_one_that_is_done_and_lets_the_peer_open_another()
    {
        StreamState stream = _table.Receiving(2, FrameType.Stream)!;
        _table.RemoveIfDone(stream);
        Assert.That(_table.Count, Is.EqualTo(1), "it is not done");
        Finish(stream);
        _table.RemoveIfDone(stream);
        Assert.That((_table.Count, _table.Unidirectional.HasDue), Is.EqualTo((0, true)));
        Assert.That(_events, Does.Contain(new StreamEvent(StreamEventType.Closed, 2)));
        Assert.That(_table.Receiving(2, FrameType.Stream), Is.Null, "it is over");
    }

    [Test]
    public void Keeps_only_what_was_said_to_the_end_when_the_peer_closes_and_tells_nothing_more()
    {
        StreamState whole = _table.Receiving(2, FrameType.Stream)!;
        whole.Receive.OnReceived(2, end: 0, finalSize: 0, FrameType.Stream, FixedWindows.Flow(10));
        _table.Receiving(0, FrameType.Stream);
        _events.Clear();
        _table.KeepComplete();
        Assert.That(_table.All, Is.EqualTo(new[] { whole }));
        whole.Receive.IsDelivered = true;
        _table.RemoveIfDone(whole);
        Assert.That((_table.Count, _events.Count), Is.EqualTo((0, 0)));
    }

    private static void Finish(StreamState stream)
    {
        stream.Receive.OnReceived(stream.Id, end: 0, finalSize: 0, FrameType.Stream, FixedWindows.Flow(10));
        stream.Receive.IsDelivered = true;
    }

    private static void AssertStream(StreamState stream, bool canSend, bool canReceive, long limit) =>
        Assert.That(
            (stream.CanSend, stream.CanReceive, stream.Send.Limit, stream.Receive.Limit), Is.EqualTo((canSend, canReceive, limit, 10)));
}
