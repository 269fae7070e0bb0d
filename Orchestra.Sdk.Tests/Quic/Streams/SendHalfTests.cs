using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class SendHalfTests
{
    private const int Capacity = 10;

    private readonly SendMemory _memory = FixedWindows.Memory(Capacity);
    private SendHalf _half = new() { Limit = 100 };

    [TearDown]
    public void Dispose() => _half.Buffer.Clear();

    [Test]
    public void Takes_no_more_than_its_capacity_and_the_end_only_with_all()
    {
        Assert.That(_half.Write(new byte[12], fin: true, _memory), Is.EqualTo(Capacity));
        Assert.That(_half.Buffer.HasFin, Is.False);
        Assert.That(_half.Write(new byte[2], fin: true, _memory), Is.Zero);
    }

    [Test]
    public void Takes_nothing_after_its_end()
    {
        Assert.That(_half.Write(new byte[1], fin: true, _memory), Is.EqualTo(1));
        Assert.That(_half.Write(new byte[1], fin: false, _memory), Is.EqualTo(-1));
    }

    [Test]
    public void Takes_nothing_after_a_reset_and_has_nothing_to_send()
    {
        _half.Write(new byte[3], fin: false, _memory);
        Assert.That(_half.HasPending);
        Assert.That(_half.TryReset(7, _memory));
        Assert.That(_half.TryReset(8, _memory), Is.False);
        Assert.That((_half.ResetCode, _half.HasPending, _half.Write(new byte[1], fin: false, _memory)), Is.EqualTo(((long?)7, false, -1)));
    }

    [Test]
    public void Is_done_when_the_peer_has_all()
    {
        _half.Write(new byte[3], fin: true, _memory);
        _half.Buffer.OnSent(0, 3, fin: true);
        Assert.That(_half.IsDone, Is.False);
        Acknowledge(0, 3, fin: true);
        Assert.That((_half.IsDone, _half.TryReset(7, _memory)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Is_done_when_the_peer_knows_of_the_reset()
    {
        _half.TryReset(7, _memory);
        Assert.That((_half.IsDone, _half.IsResetOpen), Is.EqualTo((false, true)));
        _half.OnResetAcknowledged();
        Assert.That((_half.IsDone, _half.IsResetOpen), Is.EqualTo((true, false)));
    }

    [Test]
    public void Is_stopped_once()
    {
        Assert.That(_half.TryStop());
        Assert.That(_half.TryStop(), Is.False);
    }

    [Test]
    public void Tells_once_for_each_limit_that_it_is_blocked()
    {
        _half.Limit = 2;
        _half.Write(new byte[5], fin: false, _memory);
        Assert.That(_half.TryNoteBlocked(), Is.False, "there is something to send");
        _half.Buffer.OnSent(0, 2, fin: false);
        Assert.That(_half.TryNoteBlocked());
        Assert.That(_half.TryNoteBlocked(), Is.False);
        _half.Limit = 3;
        _half.Buffer.OnSent(2, 1, fin: false);
        Assert.That(_half.TryNoteBlocked());
    }

    [Test]
    public void Tells_a_writer_that_was_turned_away_when_half_is_free()
    {
        _half.Write(new byte[12], fin: false, _memory);
        _half.Buffer.OnSent(0, Capacity, fin: false);
        Assert.That(Acknowledge(0, 4), Is.False);
        Assert.That(Acknowledge(4, 1));
        Assert.That(Acknowledge(5, 1), Is.False, "it knows");
    }

    private bool Acknowledge(long offset, int length, bool fin = false) =>
        _half.OnDataAcknowledged(new SentFrame(FrameType.Stream, 0, offset, length, fin), _memory);
}
