using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class StreamStateTests
{
    private readonly ConnectionFlow _flow = FixedWindows.Flow(1000);

    // RFC 9000 §3: each direction ends for itself.
    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Is_done_when_every_half_that_it_has_is(bool canSend, bool canReceive)
    {
        StreamState stream = Create(canSend, canReceive);
        Assert.That(stream.IsDone, Is.False);
        if (canSend)
        {
            EndSending(stream);
            Assert.That(stream.IsDone, Is.EqualTo(!canReceive));
        }

        if (canReceive)
        {
            Receive(stream, length: 0, fin: true);
            Assert.That(stream.IsDone, Is.False, "nobody has read its end");
            stream.Receive.IsDelivered = true;
        }

        Assert.That(stream.IsDone);
    }

    [Test]
    public void Has_all_to_read_when_the_end_is_here_and_not_before()
    {
        StreamState stream = Create(canSend: true, canReceive: true);
        Receive(stream, length: 3, fin: false);
        Assert.That(stream.HasAllToRead, Is.False);
        Receive(stream, length: 5, fin: true);
        Assert.That(stream.HasAllToRead);
        stream.Release();
    }

    [Test]
    public void Has_nothing_to_read_where_nobody_would([Values("reset", "delivered")] string how)
    {
        StreamState stream = Create(canSend: true, canReceive: true);
        Receive(stream, length: 3, fin: true);
        stream.Receive.ResetCode = how == "reset" ? 7 : null;
        stream.Receive.IsDelivered = how == "delivered";
        Assert.That(stream.HasAllToRead, Is.False);
        stream.Release();
    }

    [Test]
    public void Has_nothing_to_read_where_only_we_send()
    {
        StreamState stream = Create(canSend: true, canReceive: false);
        EndSending(stream);
        Assert.That(stream.HasAllToRead, Is.False);
    }

    // ReturnsBuffers counts them.
    [Test]
    public void Gives_back_what_both_halves_hold()
    {
        StreamState stream = Create(canSend: true, canReceive: true);
        int before = HeldBuffers.Count;
        stream.Send.Write(new byte[100], fin: false, FixedWindows.Memory(100));
        Receive(stream, length: 100, fin: false);
        Assert.That(HeldBuffers.Count, Is.GreaterThanOrEqualTo(before + 2));
        stream.Release();
        Assert.That((stream.Send.Buffer.Buffered, stream.Receive.Buffer.Available), Is.EqualTo((0, 0)));
    }

    private static StreamState Create(bool canSend, bool canReceive) =>
        new(4, canSend, canReceive) { Send = { Limit = 1000 }, Receive = { Limit = 1000 } };

    private static void EndSending(StreamState stream)
    {
        stream.Send.Write([], fin: true, FixedWindows.Memory(100));
        stream.Send.Buffer.OnSent(0, 0, fin: true);
        stream.Send.OnDataAcknowledged(new SentFrame(FrameType.Stream, stream.Id, 0, 0, Fin: true), FixedWindows.Memory(100));
    }

    private void Receive(StreamState stream, int length, bool fin)
    {
        stream.Receive.OnReceived(stream.Id, length, fin ? length : null, FrameType.Stream, _flow);
        stream.Receive.Buffer.Write(0, new byte[length]);
    }
}
