using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>The ids that we give, RFC 9000 §5.1.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LocalConnectionIdsTests
{
    private static readonly byte[] ResetKey = new byte[32];

    private readonly Queue<RouteChange> _changes = new();
    private readonly LocalConnectionIds _ids;

    public LocalConnectionIdsTests() => _ids = new LocalConnectionIds(ResetKey, _changes);

    [Test]
    public void The_handshakes_leads_to_the_connection_and_is_told_by_no_frame()
    {
        Assert.That(_changes, Is.EqualTo(new[] { new RouteChange(_ids.Initial, IsAdded: true) }));
        Assert.That((_ids.HasDue, _ids.Initial.Length), Is.EqualTo((false, LocalConnectionIds.Length)));
    }

    // §5.1.1: as many as the peer takes, and no more than we want.
    [TestCase(2, 2)]
    [TestCase(4, 4)]
    [TestCase(1L << 40, 4)]
    public void Gives_as_many_as_both_want(long peerLimit, int count)
    {
        _ids.Start(peerLimit);
        Assert.That(_ids.All.Count(), Is.EqualTo(count));
        Assert.That(_changes.Select(static change => change.Id), Is.EquivalentTo(_ids.All));
        Assert.That(Write().Select(static frame => frame.Sequence), Is.EqualTo(Enumerable.Range(1, count - 1)));
        Assert.That(_ids.HasDue, Is.False);
    }

    // §10.3.2: the token of an id can be made again after a restart.
    [Test]
    public void Tells_each_with_its_reset_token()
    {
        _ids.Start(peerLimit: 2);
        (long _, ConnectionId id, byte[] token) = Write().Single();
        byte[] expected = new byte[StatelessReset.TokenLength];
        StatelessReset.ComputeToken(ResetKey, id, expected);
        Assert.That((id, token), Is.EqualTo((_ids.All.Last(), expected)));
    }

    [Test]
    public void One_that_is_retired_leads_nowhere_and_another_takes_its_place()
    {
        _ids.Start(peerLimit: 2);
        Write();
        _changes.Clear();
        ConnectionId first = _ids.Initial;
        _ids.Retire(0, usedByPacket: _ids.All.Last());
        Assert.That(_ids.Contains(first), Is.False);
        Assert.That(_changes.Dequeue(), Is.EqualTo(new RouteChange(first, IsAdded: false)));
        Assert.That(_changes.Dequeue(), Is.EqualTo(new RouteChange(_ids.All.Last(), IsAdded: true)));
        Assert.That(Write().Single().Sequence, Is.EqualTo(2));
    }

    [Test]
    public void One_that_is_retired_twice_is_so_once()
    {
        _ids.Start(peerLimit: 2);
        Write();
        _ids.Retire(0, usedByPacket: _ids.All.Last());
        ConnectionId[] before = [.. _ids.All];
        _ids.Retire(0, usedByPacket: _ids.All.Last());
        Assert.That(_ids.All, Is.EqualTo(before));
    }

    // §19.16: never issued, which one that was not sent yet is too; and the one that the packet came by.
    [Test]
    public void The_peer_retires_none_that_it_cannot_know_or_just_used()
    {
        _ids.Start(peerLimit: 3);
        Assert.That(() => _ids.Retire(1, usedByPacket: _ids.Initial), Throws.TypeOf<TransportException>());
        Write();
        Assert.That(() => _ids.Retire(3, usedByPacket: _ids.Initial), Throws.TypeOf<TransportException>());
        TransportException exception = Assert.Throws<TransportException>(() => _ids.Retire(0, usedByPacket: _ids.Initial))!;
        Assert.That((exception.Code, exception.FrameType), Is.EqualTo((TransportErrorCode.ProtocolViolation, (long)FrameType.RetireConnectionId)));
        Assert.That(() => _ids.Retire(1, usedByPacket: _ids.Initial), Throws.Nothing);
    }

    [Test]
    public void One_whose_frame_was_lost_is_told_again_unless_it_is_retired()
    {
        _ids.Start(peerLimit: 2);
        Write();
        _ids.OnLost(1);
        Assert.That(Write().Single().Sequence, Is.EqualTo(1));
        _ids.Retire(1, usedByPacket: _ids.Initial);
        Write();
        _ids.OnLost(1);
        Assert.That(_ids.HasDue, Is.False);
    }

    [Test]
    public void What_does_not_fit_waits_for_the_next_packet()
    {
        _ids.Start(peerLimit: 4);
        Assert.That(Write(room: 70).Select(static frame => frame.Sequence), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(_ids.HasDue);
        Assert.That(Write().Select(static frame => frame.Sequence), Is.EqualTo(new[] { 3 }));
    }

    private List<(long Sequence, ConnectionId Id, byte[] Token)> Write(int room = 1000)
    {
        var writer = new SpanWriter(new byte[room]);
        SentPacket packet = SentPacket.Rent();
        _ids.WriteFrames(ref writer, packet);
        List<(long, ConnectionId, byte[])> frames = [];
        var reader = new FrameReader(writer.Written);
        while (reader.TryRead(out Frame frame))
        {
            Assert.That((frame.Type, frame.RetirePriorTo), Is.EqualTo((FrameType.NewConnectionId, 0)));
            frames.Add((frame.SequenceNumber, frame.ConnectionId, frame.StatelessResetToken.ToArray()));
        }

        Assert.That(packet.Frames.ToArray(), Is.EqualTo(frames.Select(static frame => new SentFrame(FrameType.NewConnectionId, frame.Item1))));
        packet.Return();
        return frames;
    }
}
