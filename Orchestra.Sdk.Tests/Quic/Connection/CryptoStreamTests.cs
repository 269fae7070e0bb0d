using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>The data of a level, RFC 9000 §7.5 and §19.6.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class CryptoStreamTests
{
    private readonly CryptoStream _crypto = new();

    [TearDown]
    public void Dispose() => _crypto.Clear();

    [Test]
    public void Is_read_in_order()
    {
        Receive(2, [3, 4]);
        Assert.That((Read(), _crypto.HasUnread), Is.EqualTo((Array.Empty<byte>(), true)));
        Receive(0, [1, 2]);
        Assert.That((Read(), _crypto.HasUnread), Is.EqualTo((new byte[] { 1, 2, 3, 4 }, false)));
    }

    [TestCase(65_535, true)]
    [TestCase(65_536, false)]
    public void Waits_for_what_is_missing_within_64_KiB(int offset, bool isTaken)
    {
        if (isTaken)
        {
            Receive(offset, [1]);
            Assert.That(_crypto.HasUnread);
            return;
        }

        TransportException exception = Assert.Throws<TransportException>(() => Receive(offset, [1]))!;
        Assert.That((exception.Code, exception.FrameType), Is.EqualTo((TransportErrorCode.CryptoBufferExceeded, (long)FrameType.Crypto)));
    }

    [Test]
    public void The_bound_moves_on_with_what_was_read()
    {
        Receive(0, new byte[1000]);
        Read();
        Assert.That(() => Receive(65_536 + 999, [1]), Throws.Nothing);
        Assert.That(() => Receive(65_536 + 1000, [1]), Throws.TypeOf<TransportException>());
    }

    [Test]
    public void Is_sent_in_pieces_that_fit_and_once()
    {
        _crypto.Send(new byte[100]);
        SentFrame[] first = Write(room: 50);
        SentFrame[] second = Write(room: 500);
        Assert.That(first.Single().Length + second.Single().Length, Is.EqualTo(100));
        Assert.That(second.Single().Offset, Is.EqualTo(first.Single().Length));
        Assert.That((_crypto.HasPending, Write(room: 500).Length), Is.EqualTo((false, 0)));
    }

    [Test]
    public void Is_sent_again_where_it_was_lost()
    {
        _crypto.Send(new byte[100]);
        SentFrame[] frames = [.. Write(room: 50), .. Write(room: 500)];
        _crypto.OnLost(frames[0]);
        _crypto.OnAcknowledged(frames[1]);
        Assert.That(Write(room: 500), Is.EqualTo(new[] { frames[0] }));
        _crypto.OnAcknowledged(frames[0]);
        _crypto.OnLost(frames[0]);
        Assert.That(_crypto.HasPending, Is.False);
    }

    [Test]
    public void Nothing_is_left_when_the_level_is_over()
    {
        _crypto.Send(new byte[100]);
        Receive(5, [1]);
        _crypto.Clear();
        Assert.That((_crypto.HasPending, _crypto.HasUnread), Is.EqualTo((false, false)));
    }

    private void Receive(long offset, byte[] data) => _crypto.Receive(new Frame { Type = FrameType.Crypto, Offset = offset, Data = data });

    private byte[] Read()
    {
        byte[] buffer = new byte[2000];
        return buffer[.._crypto.Read(buffer)];
    }

    private SentFrame[] Write(int room)
    {
        var writer = new SpanWriter(new byte[room]);
        SentPacket packet = SentPacket.Rent();
        _crypto.WriteFrames(ref writer, packet);
        SentFrame[] frames = packet.Frames.ToArray();
        packet.Return();
        return frames;
    }
}
