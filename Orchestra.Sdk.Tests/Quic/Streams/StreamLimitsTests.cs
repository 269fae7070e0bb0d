using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>The peer may have four streams open.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StreamLimitsTests
{
    private readonly StreamLimits _limits = new(maxOpen: 4, isBidirectional: true) { PeerMaximum = 1 };

    [Test]
    public void Tells_once_for_each_limit_that_more_are_wanted()
    {
        Assert.That(_limits.TryOpen(out long index) && index == 0);
        Assert.That(_limits.HasDue, Is.False);
        Assert.That(_limits.TryOpen(out _), Is.False);
        Assert.That(Write(), Is.EqualTo((FrameType.StreamsBlockedBidi, 1)));
        Assert.That((_limits.TryOpen(out _), _limits.HasDue), Is.EqualTo((false, false)));
        _limits.OnRaised(2);
        Assert.That(_limits.TryOpen(out index) && index == 1);
        Assert.That((_limits.TryOpen(out _), _limits.HasDue), Is.EqualTo((false, true)));
    }

    [Test]
    public void Is_not_lowered()
    {
        _limits.OnRaised(5);
        _limits.OnRaised(3);
        Assert.That(_limits.PeerMaximum, Is.EqualTo(5));
    }

    [Test]
    public void Tells_again_what_was_lost_only_while_more_are_wanted()
    {
        _limits.TryOpen(out _);
        _limits.TryOpen(out _);
        Write();
        _limits.OnBlockedLost(1);
        Assert.That(Write(), Is.EqualTo((FrameType.StreamsBlockedBidi, 1)));
        _limits.OnRaised(2);
        _limits.OnBlockedLost(1);
        Assert.That(_limits.HasDue, Is.False);
    }

    [Test]
    public void Raises_the_peer_s_when_half_of_them_are_left()
    {
        _limits.PeerOpened = 1;
        _limits.OnPeerStreamClosed();
        Assert.That(_limits.HasDue, Is.False);
        _limits.PeerOpened = 2;
        _limits.OnPeerStreamClosed();
        Assert.That(_limits.HasDue);
        Assert.That(_limits.Advertised, Is.EqualTo(4));
        Assert.That(Write(), Is.EqualTo((FrameType.MaxStreamsBidi, 6)));
        Assert.That(_limits.Advertised, Is.EqualTo(6));
    }

    private (FrameType Type, long Maximum) Write()
    {
        var writer = new SpanWriter(new byte[20]);
        SentPacket packet = SentPacket.Rent();
        _limits.WriteRaise(ref writer, packet);
        _limits.WriteBlocked(ref writer, packet);
        packet.Return();
        var reader = new FrameReader(writer.Written);
        Assert.That(reader.TryRead(out Frame frame));
        return (frame.Type, frame.Maximum);
    }
}
