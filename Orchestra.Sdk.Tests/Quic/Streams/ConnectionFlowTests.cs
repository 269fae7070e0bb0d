using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>A window of a hundred bytes, RFC 9000 §4.1.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConnectionFlowTests
{
    private readonly ConnectionFlow _flow = FixedWindows.Flow(100);

    [Test]
    public void Takes_as_much_as_the_peer_was_told()
    {
        Assert.That(_flow.OnReceived(100));
        Assert.That(_flow.OnReceived(1), Is.False);
        Assert.That(_flow.Received, Is.EqualTo(100));
    }

    [Test]
    public void Raises_the_limit_when_a_quarter_of_it_was_read()
    {
        _flow.OnReceived(100);
        _flow.OnConsumed(24);
        Assert.That(_flow.HasDue, Is.False);
        _flow.OnConsumed(1);
        Assert.That(Write(), Is.EqualTo((FrameType.MaxData, 125)));
        Assert.That((_flow.ReceiveLimit, _flow.HasDue), Is.EqualTo((125, false)));
        _flow.OnRaiseLost();
        Assert.That(Write(), Is.EqualTo((FrameType.MaxData, 125)));
    }

    [Test]
    public void Counts_what_was_sent_and_is_never_lowered()
    {
        _flow.OnRaised(30);
        _flow.OnSent(10);
        _flow.OnRaised(20);
        Assert.That((_flow.SendLimit, _flow.Credit), Is.EqualTo((30, 20)));
    }

    [Test]
    public void Tells_once_for_each_limit_that_it_is_blocked()
    {
        _flow.OnRaised(10);
        _flow.OnSent(10);
        _flow.OnBlocked();
        Assert.That(Write(), Is.EqualTo((FrameType.DataBlocked, 10)));
        _flow.OnBlocked();
        Assert.That(_flow.HasDue, Is.False);
        _flow.OnBlockedLost(10);
        Assert.That(Write(), Is.EqualTo((FrameType.DataBlocked, 10)));
    }

    [Test]
    public void Does_not_tell_that_it_was_blocked()
    {
        _flow.OnBlocked();
        _flow.OnRaised(10);
        Assert.That(Write(), Is.Null);
        _flow.OnBlockedLost(0);
        Assert.That(_flow.HasDue, Is.False);
    }

    private (FrameType Type, long Maximum)? Write()
    {
        var writer = new SpanWriter(new byte[20]);
        SentPacket packet = SentPacket.Rent();
        _flow.WriteRaise(ref writer, packet, roundTrip: 0, now: 0);
        _flow.WriteBlocked(ref writer, packet);
        packet.Return();
        var reader = new FrameReader(writer.Written);
        return reader.TryRead(out Frame frame) ? (frame.Type, frame.Maximum) : null;
    }
}
