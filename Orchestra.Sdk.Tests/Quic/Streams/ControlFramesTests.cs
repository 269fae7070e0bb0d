using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class ControlFramesTests
{
    private const long Window = 100;

    private readonly StreamState _stream = new(id: 4, canSend: true, canReceive: true);

    public ControlFramesTests() => _stream.Receive.Window = new GrowingWindow(Window);

    [TearDown]
    public void Dispose() => _stream.Release();

    [Test]
    public void Are_none_at_first() => Assert.That(Write(), Is.Empty);

    [Test]
    public void Are_all_that_is_due_and_each_once()
    {
        Block();
        _stream.Receive.StopCode = 9;
        _stream.Control.IsStopSendingDue = true;
        _stream.Control.IsLimitDue = true;
        Assert.That(Write(), Is.EqualTo(new[] { FrameType.StopSending, FrameType.MaxStreamData, FrameType.StreamDataBlocked }));
        Assert.That(Write(), Is.Empty);
        Assert.That(_stream.Receive.Limit, Is.EqualTo(Window));
    }

    [Test]
    public void A_reset_is_told_with_the_offset_that_was_reached()
    {
        _stream.Send.Limit = 10;
        _stream.Send.Write(new byte[5], fin: false, FixedWindows.Memory(10));
        _stream.Send.Buffer.OnSent(0, 3, fin: false);
        _stream.Send.TryReset(7, FixedWindows.Memory(10));
        _stream.Control.IsResetDue = true;
        var writer = new SpanWriter(new byte[20]);
        Assert.That(TryWrite(ref writer));
        var reader = new FrameReader(writer.Written);
        Assert.That(reader.TryRead(out Frame frame));
        Assert.That((frame.Type, frame.ErrorCode, frame.FinalSize), Is.EqualTo((FrameType.ResetStream, 7, 3)));
    }

    [Test]
    public void Are_not_those_that_are_of_no_use_any_more()
    {
        // The end is known, and the limit was raised.
        Block();
        _stream.Send.Limit = 10;
        _stream.Receive.StopCode = 9;
        _stream.Receive.Limit = 10;
        _stream.Receive.OnReceived(4, end: 1, finalSize: 1, FrameType.Stream, FixedWindows.Flow(10));
        _stream.Control.IsStopSendingDue = true;
        _stream.Control.IsLimitDue = true;
        Assert.That(Write(), Is.Empty);
    }

    [Test]
    public void Wait_where_there_is_no_room()
    {
        _stream.Control.IsLimitDue = true;
        var none = new SpanWriter([]);
        Assert.That(TryWrite(ref none), Is.False);
        Assert.That(Write(), Is.EqualTo(new[] { FrameType.MaxStreamData }));
    }

    private void Block()
    {
        _stream.Send.Limit = 2;
        _stream.Send.Write(new byte[5], fin: false, FixedWindows.Memory(10));
        _stream.Send.Buffer.OnSent(0, 2, fin: false);
        _stream.Control.IsBlockedDue = true;
    }

    private List<FrameType> Write()
    {
        var writer = new SpanWriter(new byte[100]);
        Assert.That(TryWrite(ref writer));
        var types = new List<FrameType>();
        var reader = new FrameReader(writer.Written);
        while (reader.TryRead(out Frame frame))
        {
            types.Add(frame.Type);
        }

        return types;
    }

    private bool TryWrite(ref SpanWriter writer)
    {
        SentPacket packet = SentPacket.Rent();
        bool isWritten = _stream.Control.TryWrite(ref writer, packet, _stream);
        packet.Return();
        return isWritten;
    }
}
