using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>RFC 9000 §10.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CloseStateTests
{
    private static readonly CloseReason OfApplication = new(CloseOrigin.Local, 7, IsApplication: true, "enough");

    private readonly CloseState _close = new();

    [Test]
    public void Has_not_begun_at_first()
    {
        Assert.That((_close.HasBegun, _close.State, _close.Reason, _close.Deadline), Is.EqualTo((false, (ConnectionState?)null, (CloseReason?)null, Instant.Never)));
        Assert.That(_close.TrySend(new byte[100], out _), Is.False);
    }

    [Test]
    public void Answers_what_still_comes_less_and_less_often()
    {
        _close.BeginClosing(OfApplication, frameType: 0, deadline: 50);
        _close.Keep([1, 2, 3]);
        Assert.That((_close.State, _close.Reason, _close.Deadline), Is.EqualTo((ConnectionState.Closing, OfApplication, 50)));

        // Once of itself, and then for the first, the second, the fourth and so on.
        byte[] buffer = new byte[100];
        Assert.That(_close.TrySend(buffer, out int length) && length == 3 && buffer[2] == 3);
        int answers = 0;
        for (int i = 0; i < 1000; i++)
        {
            _close.OnReceived();
            answers += _close.TrySend(buffer, out _) ? 1 : 0;
        }

        Assert.That(answers, Is.EqualTo(10));
    }

    [Test]
    public void Takes_the_reason_of_the_peer_and_no_more_than_256_bytes_of_it()
    {
        Frame frame = new() { Type = FrameType.ApplicationClose, ErrorCode = 9, Reason = new byte[1000] };
        _close.BeginDraining(frame, deadline: 60);
        Assert.That((_close.State, _close.Deadline), Is.EqualTo((ConnectionState.Draining, 60)));
        Assert.That(_close.Reason, Is.EqualTo(new CloseReason(CloseOrigin.Peer, 9, IsApplication: true, new string('\0', 256))));
        Assert.That(_close.TrySend(new byte[100], out _), Is.False);
    }

    [Test]
    public void Keeps_the_reason_and_nothing_else_in_the_end()
    {
        _close.BeginClosing(OfApplication, frameType: 0, deadline: 50);
        _close.Keep([1]);
        _close.Forget();
        Assert.That((_close.State, _close.Reason), Is.EqualTo((ConnectionState.Closed, OfApplication)));
        Assert.That(_close.TrySend(new byte[100], out int length) && length > 0, Is.False);
    }

    [Test]
    public void Ends_at_once_where_nobody_is_left_to_tell()
    {
        _close.End(CloseOrigin.IdleTimeout, "silence");
        Assert.That((_close.State, _close.Reason!.Origin, _close.Reason.Reason), Is.EqualTo((ConnectionState.Closed, CloseOrigin.IdleTimeout, "silence")));
    }

    [TestCase(PacketNumberSpace.Application, FrameType.ApplicationClose, 7, "enough")]
    [TestCase(PacketNumberSpace.Handshake, FrameType.ConnectionClose, (long)TransportErrorCode.ApplicationError, "")]
    public void Tells_the_application_s_reason_only_when_the_handshake_is_done(PacketNumberSpace space, FrameType type, long code, string reason)
    {
        _close.BeginClosing(OfApplication, frameType: 0, deadline: 50);
        AssertWrites(space, type, code, reason);
    }

    [Test]
    public void Tells_what_rule_was_broken_at_every_level([Values] PacketNumberSpace space)
    {
        var reason = new CloseReason(CloseOrigin.Local, (long)TransportErrorCode.FlowControlError, IsApplication: false, "too much");
        _close.BeginClosing(reason, (long)FrameType.Stream, deadline: 50);
        AssertWrites(space, FrameType.ConnectionClose, (long)TransportErrorCode.FlowControlError, "too much");
    }

    private void AssertWrites(PacketNumberSpace space, FrameType type, long code, string reason)
    {
        var writer = new SpanWriter(new byte[300]);
        _close.WriteFrame(ref writer, space);
        var reader = new FrameReader(writer.Written);
        Assert.That(reader.TryRead(out Frame frame));
        Assert.That(
            (frame.Type, frame.ErrorCode, System.Text.Encoding.UTF8.GetString(frame.Reason)), Is.EqualTo((type, code, reason)));
    }
}
