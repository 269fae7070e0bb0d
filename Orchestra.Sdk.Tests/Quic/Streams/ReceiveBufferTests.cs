using CsCheck;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

[ReturnsBuffers]
internal sealed class ReceiveBufferTests
{
    private const int Length = 6000;

    private static readonly byte[] Data = [.. Enumerable.Range(0, Length).Select(static offset => (byte)(offset * 7 / 3))];

    /// <summary>
    /// RFC 9000 §2.2: the data is delivered "as an ordered byte stream", whatever comes out of order, twice, or in other pieces the
    /// second time.
    /// </summary>
    [Test]
    public void Gives_the_same_as_a_plain_array_would()
    {
        // Other data each time: an array of the pool may still have what was in it before.
        Gen<(int Offset, int Length, int Read)> steps = Gen.Select(Gen.Int[0, Length - 1], Gen.Int[0, 1500], Gen.Int[0, 1000]);
        Gen.Select(Gen.Byte, steps.Array[1, 60]).Sample(static (seed, steps) =>
        {
            byte[] data = Array.ConvertAll(Data, value => (byte)(value + seed));
            var buffer = new ReceiveBuffer();
            var received = new HashSet<long>();
            long start = 0;
            long end = 0;
            foreach ((int offset, int size, int wanted) in steps)
            {
                int length = Math.Min(size, Length - offset);
                buffer.Write(offset, data.AsSpan(offset, length));
                received.UnionWith(Enumerable.Range(offset, length).Select(static i => (long)i));
                end = Math.Max(end, offset + length);
                int available = 0;
                while (received.Contains(start + available))
                {
                    available++;
                }

                Assert.That((buffer.Start, buffer.End, buffer.Available), Is.EqualTo((start, end, available)));
                byte[] read = new byte[wanted];
                int count = buffer.Read(read);
                Assert.That(count, Is.EqualTo(Math.Min(wanted, available)));
                Assert.That(read.AsSpan(0, count).SequenceEqual(data.AsSpan((int)start, count)));
                start += count;
            }

            buffer.Discard();
        });
    }

    [Test]
    public void Has_nothing_at_first()
    {
        var buffer = new ReceiveBuffer();
        Assert.That((buffer.Start, buffer.End, buffer.Available), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(buffer.Read(new byte[10]), Is.Zero);
    }

    [Test]
    public void Gives_nothing_from_behind_a_gap()
    {
        var buffer = new ReceiveBuffer();
        buffer.Write(1, Data.AsSpan(1, 4));
        Assert.That((buffer.End, buffer.Available), Is.EqualTo((5L, 0L)));
        Assert.That(buffer.Read(new byte[10]), Is.Zero);
        buffer.Write(0, Data.AsSpan(0, 1));
        Assert.That(buffer.Available, Is.EqualTo(5));
        buffer.Discard();
    }

    [Test]
    public void Reads_as_much_as_is_asked_for_and_no_more_than_there_is()
    {
        ReceiveBuffer buffer = Of(5);
        byte[] read = new byte[4];
        Assert.That(buffer.Read([]), Is.Zero);
        Assert.That(buffer.Read(read.AsSpan(0, 3)), Is.EqualTo(3));
        Assert.That((buffer.Start, buffer.Available), Is.EqualTo((3L, 2L)));
        Assert.That(buffer.Read(read), Is.EqualTo(2));
        Assert.That(read[..2], Is.EqualTo(Data[3..5]));
    }

    [Test]
    public void Keeps_the_rest_of_a_piece_of_which_some_was_read()
    {
        ReceiveBuffer buffer = Of(4);
        buffer.Read(new byte[3]);
        buffer.Write(1, Data.AsSpan(1, 5));
        byte[] read = new byte[3];
        Assert.That(buffer.Read(read), Is.EqualTo(3));
        Assert.That(read, Is.EqualTo(Data[3..6]));
    }

    [Test]
    public void Keeps_what_is_stored_where_a_piece_comes_again_that_was_read()
    {
        // The ring is full: what was read has its place where the end of what is stored lies now.
        ReceiveBuffer buffer = Of(1000);
        buffer.Read(new byte[1000]);
        buffer.Write(1000, Data.AsSpan(1000, 1024));
        buffer.Write(900, Data.AsSpan(900, 200));
        byte[] read = new byte[1024];
        Assert.That(buffer.Read(read), Is.EqualTo(1024));
        Assert.That(read, Is.EqualTo(Data[1000..2024]));
    }

    [Test]
    public void Takes_nothing_that_was_read_already()
    {
        ReceiveBuffer buffer = Of(5);
        buffer.Read(new byte[5]);
        buffer.Write(0, Data.AsSpan(0, 5));
        buffer.Write(2, Data.AsSpan(2, 3));
        Assert.That((buffer.Start, buffer.End, buffer.Available), Is.EqualTo((5L, 5L, 0L)));
    }

    [Test]
    public void Knows_the_end_also_where_only_the_end_came()
    {
        // RFC 9000 §4.5: the final size is that of a STREAM frame with the FIN bit, which may carry nothing.
        var buffer = new ReceiveBuffer();
        buffer.Write(100, []);
        Assert.That((buffer.End, buffer.Available), Is.EqualTo((100L, 0L)));
        buffer.Write(0, Data.AsSpan(0, 100));
        Assert.That(buffer.Available, Is.EqualTo(100));
        buffer.Discard();
    }

    [Test]
    public void Grows_while_it_goes_round()
    {
        // The ring holds 1024 bytes at first: what it has goes over its end, and then more comes than it has room for.
        ReceiveBuffer buffer = Of(1000);
        buffer.Read(new byte[900]);
        buffer.Write(1000, Data.AsSpan(1000, 900));
        buffer.Write(1900, Data.AsSpan(1900, 3000));
        byte[] read = new byte[4000];
        Assert.That(buffer.Read(read), Is.EqualTo(4000));
        Assert.That(read, Is.EqualTo(Data[900..4900]));
    }

    [Test]
    public void Counts_what_is_dropped_as_read()
    {
        ReceiveBuffer buffer = Of(5);
        buffer.Write(10, Data.AsSpan(10, 5));
        buffer.Discard();
        Assert.That((buffer.Start, buffer.End, buffer.Available), Is.EqualTo((15L, 15L, 0L)));
        buffer.Write(5, Data.AsSpan(5, 5));
        Assert.That(buffer.Available, Is.Zero, "it was dropped before it came");
    }

    [TestCase(20, 20)]
    [TestCase(3, 5)]
    public void Counts_up_to_the_final_size_as_read_where_it_is_known(int finalSize, int end)
    {
        // RFC 9000 §4.5: of a stream that was reset the final size counts, whatever came of it.
        ReceiveBuffer buffer = Of(5);
        buffer.Discard(finalSize);
        Assert.That((buffer.Start, buffer.End), Is.EqualTo(((long)end, (long)end)));
    }

    [Test]
    public void Refuses_more_pieces_than_it_remembers()
    {
        // What was read is none of them.
        const int MaxPieces = 1024;
        ReceiveBuffer buffer = Of(1);
        buffer.Read(new byte[1]);
        for (int i = 1; i <= MaxPieces; i++)
        {
            buffer.Write(2 * i, Data.AsSpan(2 * i, 1));
        }

        buffer.Write(3, Data.AsSpan(3, 1));
        buffer.Write(4000, Data.AsSpan(4000, 1));
        TransportException? error = Assert.Throws<TransportException>(() => buffer.Write(5000, Data.AsSpan(5000, 1)));
        Assert.That(error!.Code, Is.EqualTo(TransportErrorCode.InternalError));
        buffer.Discard();
    }

    [Test]
    public void Remembers_more_pieces_in_a_larger_window()
    {
        // As many as there are when every other packet of it was lost, and more.
        const int Window = 4 * 1024 * 1024;
        var buffer = new ReceiveBuffer();
        for (int i = 1; i <= Window / 1200 / 2; i++)
        {
            buffer.Write(2 * 1200 * i, Data.AsSpan(0, 1200), Window);
        }

        Assert.That(() => buffer.Write(1200, Data.AsSpan(0, 1)), Throws.TypeOf<TransportException>(), "a smaller one has no room for so many");
        buffer.Discard();
    }

    private static ReceiveBuffer Of(int length)
    {
        var buffer = new ReceiveBuffer();
        buffer.Write(0, Data.AsSpan(0, length));
        return buffer;
    }
}
