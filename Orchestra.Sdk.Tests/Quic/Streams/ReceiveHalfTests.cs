using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class ReceiveHalfTests
{
    private readonly ConnectionFlow _flow = FixedWindows.Flow(50);
    private ReceiveHalf _half;

    public ReceiveHalfTests() => _half.Open(window: 20);

    [TearDown]
    public void Dispose() => _half.Buffer.Discard();

    [Test]
    public void Counts_what_is_new_for_all_streams()
    {
        Receive(end: 5);
        Write(0, 5);
        Receive(end: 3);
        Receive(end: 8);
        Assert.That(_flow.Received, Is.EqualTo(8));
    }

    [TestCase(21, null, TransportErrorCode.FlowControlError, TestName = "More than allowed")]
    [TestCase(11, null, TransportErrorCode.FinalSizeError, TestName = "Beyond the end")]
    [TestCase(10, 9L, TransportErrorCode.FinalSizeError, TestName = "Another end")]
    [TestCase(4, 4L, TransportErrorCode.FinalSizeError, TestName = "An end before what came")]
    public void Refuses(long end, long? finalSize, TransportErrorCode code)
    {
        if (code == TransportErrorCode.FinalSizeError && finalSize != 4)
        {
            Receive(end: 10, finalSize: 10);
        }

        Write(0, 5);
        Assert.That(Assert.Throws<TransportException>(() => Receive(end, finalSize))!.Code, Is.EqualTo(code));
    }

    [Test]
    public void Refuses_more_than_all_streams_may()
    {
        Assert.That(_flow.OnReceived(45));
        Assert.That(Assert.Throws<TransportException>(() => Receive(end: 6))!.Code, Is.EqualTo(TransportErrorCode.FlowControlError));
    }

    [Test]
    public void Has_all_when_there_is_no_gap_before_the_end()
    {
        Receive(end: 5, finalSize: 5);
        Write(1, 4);
        Assert.That(_half.HasAll, Is.False);
        Write(0, 1);
        Assert.That((_half.HasAll, _half.IsAtEnd), Is.EqualTo((true, false)));
        Assert.That(_half.Buffer.Read(new byte[9]), Is.EqualTo(5));
        Assert.That((_half.HasAll, _half.IsAtEnd), Is.EqualTo((true, true)));
    }

    [Test]
    public void Is_done_when_the_application_has_the_end()
    {
        _half.IsDelivered = true;
        Assert.That((_half.IsDone, _half.IsDiscarding), Is.EqualTo((false, true)), "the peer may still send");
        Receive(end: 5, finalSize: 5);
        Assert.That(_half.IsDone);
    }

    [Test]
    public void Counts_as_read_what_it_drops()
    {
        Receive(end: 5);
        Write(0, 5);
        Assert.That(_half.Buffer.Read(new byte[2]), Is.EqualTo(2));
        Assert.That(_half.Discard(end: 9), Is.EqualTo(7));
        Assert.That(_half.Discard(end: 9), Is.Zero);
    }

    [Test]
    public void Raises_its_limit_when_a_quarter_of_the_window_was_read_and_more_may_come()
    {
        Receive(end: 20);
        Write(0, 20);
        Assert.That(_half.Buffer.Read(new byte[4]), Is.EqualTo(4));
        Assert.That(_half.IsLimitDue, Is.False);
        Assert.That(_half.Buffer.Read(new byte[1]), Is.EqualTo(1));
        Assert.That(_half.IsLimitDue);
        Receive(end: 20, finalSize: 20);
        Assert.That(_half.IsLimitDue, Is.False);
    }

    private void Receive(long end, long? finalSize = null) => _half.OnReceived(0, end, finalSize, FrameType.Stream, _flow);

    private void Write(long offset, int length) => _half.Buffer.Write(offset, new byte[length]);
}
