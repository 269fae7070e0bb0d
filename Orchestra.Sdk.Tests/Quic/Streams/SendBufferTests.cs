using CsCheck;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

[ReturnsBuffers]
internal sealed class SendBufferTests
{
    private const int Pieces = 8192;
    private const long NoLimit = long.MaxValue;

    /// <summary>Whatever is lost and acknowledged, in whatever order: it offers what is lost and did not arrive, lowest first, then what is new.</summary>
    [Test]
    public void Offers_the_same_as_a_plain_array_would()
    {
        Gen<SendStep> step = Gen.Frequency(
            (1, Gen.Const(SendStep.Write)), (2, Gen.Const(SendStep.Send)), (1, Gen.Const(SendStep.Acknowledge)), (1, Gen.Const(SendStep.Lose)));
        Gen.Select(step, Gen.Int[0, 1500]).Array[1, 60].Sample(static steps =>
        {
            var buffer = new SendBuffer();
            var model = new SendBufferModel();
            foreach ((SendStep what, int size) in steps)
            {
                model.Do(what, size, ref buffer);
                model.Check(buffer);
            }

            buffer.Clear();
        });
    }

    [Test]
    public void Has_nothing_to_send_at_first()
    {
        var buffer = new SendBuffer();
        Assert.That(buffer.HasPending(NoLimit), Is.False);
        Assert.That(buffer.Peek(NoLimit), Is.EqualTo((0L, 0, false)));
        Assert.That(buffer.IsComplete, Is.False);
    }

    [Test]
    public void Offers_what_is_new_only_up_to_the_limit()
    {
        SendBuffer buffer = Of(10);
        Assert.That(buffer.Peek(limit: 4), Is.EqualTo((0L, 4, false)));
        buffer.OnSent(0, 4, fin: false);
        Assert.That(buffer.HasPending(limit: 4), Is.False);
        Assert.That(buffer.Peek(limit: 4), Is.EqualTo((4L, 0, false)));
        Assert.That(buffer.Peek(limit: 2), Is.EqualTo((4L, 0, false)), "a limit never falls, but it must not become a negative length");
        Assert.That(buffer.HasPending(limit: 5));
        buffer.Clear();
    }

    [Test]
    public void Offers_what_was_lost_before_what_is_new_and_whatever_the_limit()
    {
        // It is counted already, RFC 9000 §4.1: what is sent again uses up no credit.
        SendBuffer buffer = Of(10);
        buffer.OnSent(0, 3, fin: false);
        buffer.OnSent(3, 3, fin: false);
        buffer.OnLost(3, 3, fin: false);
        Assert.That(buffer.HasPending(limit: 0));
        Assert.That(buffer.Peek(limit: 0), Is.EqualTo((3L, 3, true)));
        buffer.OnLost(0, 3, fin: false);
        Assert.That(buffer.Peek(NoLimit), Is.EqualTo((0L, 6, true)));
        buffer.OnSent(0, 6, fin: false);
        Assert.That(buffer.Peek(NoLimit), Is.EqualTo((6L, 4, false)));
        buffer.Clear();
    }

    [Test]
    public void Offers_the_end_when_all_before_it_is_sent()
    {
        SendBuffer buffer = Of(5);
        buffer.Finish();
        buffer.OnSent(0, 4, fin: false);
        Assert.That(buffer.HasPending(limit: 4), Is.False, "a byte waits for the limit, and the end with it");
        buffer.OnSent(4, 1, fin: false);
        Assert.That(buffer.HasPending(limit: 5), "the end alone");
        buffer.OnSent(5, 0, fin: true);
        Assert.That(buffer.HasPending(NoLimit), Is.False);
        buffer.Clear();
    }

    [Test]
    public void Offers_the_end_again_until_it_arrived()
    {
        var buffer = new SendBuffer();
        buffer.Finish();
        buffer.OnSent(0, 0, fin: true);
        buffer.OnLost(0, 0, fin: true);
        Assert.That(buffer.HasLost);
        Assert.That(buffer.Peek(NoLimit), Is.EqualTo((0L, 0, false)));
        buffer.OnSent(0, 0, fin: true);
        Assert.That(buffer.HasLost, Is.False);

        buffer.OnLost(0, 0, fin: true);
        buffer.OnAcknowledged(0, 0, fin: true);
        Assert.That(buffer.HasLost, Is.False, "the first one arrived after all");
        buffer.OnLost(0, 0, fin: true);
        Assert.That(buffer.HasLost, Is.False, "the second one does not matter any more");
        Assert.That(buffer.IsComplete);
    }

    [Test]
    public void Is_complete_when_all_of_it_and_the_end_arrived([Values] bool isEndFirst)
    {
        SendBuffer buffer = Of(5);
        buffer.Finish();
        buffer.OnSent(0, 3, fin: false);
        buffer.OnSent(3, 2, fin: true);
        buffer.OnAcknowledged(isEndFirst ? 3 : 0, isEndFirst ? 2 : 3, fin: isEndFirst);
        Assert.That(buffer.IsComplete, Is.False);
        buffer.OnAcknowledged(isEndFirst ? 0 : 3, isEndFirst ? 3 : 2, fin: !isEndFirst);
        Assert.That(buffer.IsComplete);
        Assert.That(buffer.FinSent && buffer.FinAcknowledged);
    }

    [Test]
    public void Makes_room_when_the_first_bytes_arrived()
    {
        SendBuffer buffer = Of(10);
        buffer.OnSent(0, 10, fin: false);
        Assert.That(buffer.OnAcknowledged(4, 2, fin: false), Is.False, "those before are still needed");
        Assert.That(buffer.Buffered, Is.EqualTo(10));
        Assert.That(buffer.OnAcknowledged(0, 4, fin: false));
        Assert.That(buffer.Buffered, Is.EqualTo(4));
        Assert.That(buffer.OnAcknowledged(0, 4, fin: false), Is.False, "nothing new");
        Assert.That(buffer.OnAcknowledged(2, 6, fin: false), "a part of it is new");
        Assert.That(buffer.Buffered, Is.EqualTo(2));
        buffer.Clear();
    }

    [Test]
    public void Drops_what_was_never_sent()
    {
        SendBuffer buffer = Of(10);
        buffer.Finish();
        buffer.OnSent(0, 4, fin: false);
        buffer.OnLost(1, 2, fin: false);
        buffer.Clear();
        Assert.That((buffer.End, buffer.Next, buffer.Buffered, buffer.HasFin), Is.EqualTo((4L, 4L, 0L, false)));
        Assert.That(buffer.HasPending(NoLimit), Is.False);
    }

    [Test]
    public void Hears_nothing_new_of_what_was_dropped()
    {
        SendBuffer buffer = Of(10);
        buffer.OnSent(0, 10, fin: false);
        buffer.Clear();
        buffer.OnLost(0, 5, fin: false);
        Assert.That(buffer.OnAcknowledged(5, 5, fin: false), Is.False);
        Assert.That(buffer.HasPending(NoLimit), Is.False);
        Assert.That(buffer.Buffered, Is.Zero);
    }

    [Test]
    public void Remembers_only_so_many_pieces_that_were_acknowledged_and_sends_the_others_again()
    {
        // A peer that acknowledges every other packet of one byte.
        var buffer = new SendBuffer();
        byte[] bytes = new byte[Pieces];
        new Random(1).NextBytes(bytes);
        buffer.Write(bytes);
        buffer.Finish();
        for (int i = 0; i < Pieces; i++)
        {
            buffer.OnSent(i, 1, fin: i == Pieces - 1);
        }

        for (int i = 1; i < Pieces; i += 2)
        {
            buffer.OnAcknowledged(i, 1, fin: i == Pieces - 1);
        }

        for (int i = 0; i < Pieces; i += 2)
        {
            buffer.OnLost(i, 1, fin: false);
        }

        // 1024 of the 4096 that arrived are known.
        int sentAgain = 0;
        byte[] piece = new byte[Pieces];
        while (buffer.HasLost)
        {
            (long offset, int length, bool isRetransmission) = buffer.Peek(long.MaxValue);
            Assert.That(isRetransmission);
            buffer.Read(offset, piece.AsSpan(0, length));
            Assert.That(piece.AsSpan(0, length).SequenceEqual(bytes.AsSpan((int)offset, length)));
            buffer.OnSent(offset, length, fin: false);
            sentAgain += length;
        }

        Assert.That(sentAgain, Is.EqualTo(Pieces - 1024));
        buffer.OnAcknowledged(0, Pieces, fin: true);
        Assert.That(buffer.IsComplete);
    }

    [Test]
    public void Remembers_more_pieces_where_more_is_kept()
    {
        const int Packet = 1200;
        const int Packets = 4 * 1024;
        var buffer = new SendBuffer();
        buffer.Write(new byte[Packets * Packet]);
        buffer.OnSent(0, Packets * Packet, fin: false);
        for (int i = 1; i < Packets; i += 2)
        {
            buffer.OnAcknowledged(i * Packet, Packet, fin: false);
        }

        Assert.That(buffer.HasLost, Is.False);
        buffer.Clear();
    }

    private static SendBuffer Of(int length)
    {
        var buffer = new SendBuffer();
        buffer.Write(new byte[length]);
        return buffer;
    }
}
