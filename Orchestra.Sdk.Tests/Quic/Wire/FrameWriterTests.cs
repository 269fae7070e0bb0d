using System.Text;
using CsCheck;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

public class FrameWriterTests
{
    // These take less than they were asked to where there is less room.
    private static readonly string[] Divisible = ["ACK", "CRYPTO", "STREAM", "STREAM_OFF_FIN"];

    [TestCaseSource(typeof(FrameSamples), nameof(FrameSamples.Names))]
    public void Writes_a_frame_that_just_fits_and_nothing_of_one_that_does_not(string name)
    {
        WriteFrame write = FrameSamples.Get(name);
        int size = FrameSamples.Encode(write).Length;

        var fits = new SpanWriter(new byte[size]);
        Assert.That(write(ref fits), Is.True);
        for (int length = 0; length < size && !Divisible.Contains(name); length++)
        {
            var w = new SpanWriter(new byte[length]);
            Assert.That(write(ref w), Is.False);
            Assert.That(w.Position, Is.Zero);
        }
    }

    [Test]
    public void A_crypto_frame_takes_as_much_as_fits([Range(0, 80)] int room)
    {
        var w = new SpanWriter(new byte[room]);
        bool written = FrameWriter.TryBeginCrypto(ref w, 100, 1000, out Span<byte> data);

        // Type, two bytes of offset and the length, of which up to 63 bytes need one and more need two.
        int expected = room switch
        {
            <= 4 => 0,
            <= 67 => room - 4,
            68 => 63,
            _ => room - 5,
        };
        Assert.That(data.Length, Is.EqualTo(expected));
        Assert.That(written, Is.EqualTo(expected > 0));
        Assert.That(w.Position, Is.EqualTo(expected > 0 ? room - (room == 68 ? 1 : 0) : 0));
    }

    [Test]
    public void A_stream_frame_takes_as_much_as_fits_and_FIN_with_the_last_byte_alone() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Bool, Gen.Bool).Sample((room, wanted, fin, atStart) =>
        {
            long offset = atStart ? 0 : 70_000;
            var w = new SpanWriter(new byte[room]);
            bool written = FrameWriter.TryBeginStream(ref w, 4, offset, wanted, fin, out Span<byte> data, out bool finWritten);
            int header = atStart ? 2 : 6;
            if (!written)
            {
                Assert.That(room, Is.LessThan(header + 1 + Math.Min(wanted, 1)));
                Assert.That((w.Position, data.Length, finWritten), Is.EqualTo((0, 0, false)));
                return;
            }

            Assert.That(data.Length, Is.LessThanOrEqualTo(wanted).And.GreaterThanOrEqualTo(Math.Min(wanted, 1)));
            Assert.That(finWritten, Is.EqualTo(fin && data.Length == wanted));
            Assert.That(w.Position, Is.EqualTo(header + VarInt.SizeOf(data.Length) + data.Length));
            if (data.Length < wanted)
            {
                Assert.That(header + VarInt.SizeOf(data.Length + 1) + data.Length + 1, Is.GreaterThan(room));
            }
        });

    [Test]
    public void An_ack_frame_takes_as_many_ranges_as_fit()
    {
        PacketRange[] ranges = [.. Enumerable.Range(0, 100).Select(i => new PacketRange(1000 - (4 * i), 1001 - (4 * i)))];
        int previous = 0;
        for (int room = 0; room < 220; room++)
        {
            var w = new SpanWriter(new byte[room]);
            bool written = FrameWriter.TryWriteAck(ref w, 0, ranges, out int count);

            // Type, largest, delay, a count of two bytes at most and the first range; then two bytes for each.
            Assert.That(count, Is.EqualTo(room < 7 ? 0 : Math.Min(100, 1 + ((room - 7) / 2))));
            Assert.That(written, Is.EqualTo(count > 0));
            Assert.That(w.Position > 0, Is.EqualTo(written));
            Assert.That(FrameSamples.Read(w.Written), Is.EqualTo(written ? 1 : 0));
            Assert.That(count, Is.GreaterThanOrEqualTo(previous));
            previous = count;
        }

        Assert.That(previous, Is.EqualTo(100));
    }

    [Test]
    public void A_reason_is_cut_between_characters_rather_than_left_out()
    {
        byte[] reason = Encoding.UTF8.GetBytes("aäöü");
        List<string> seen = [];
        for (int room = 4; room <= 4 + reason.Length; room++)
        {
            var w = new SpanWriter(new byte[room]);
            Assert.That(FrameWriter.TryWriteConnectionClose(ref w, TransportErrorCode.NoError, 0, reason), Is.True);
            var reader = new FrameReader(w.Written);
            Assert.That(reader.TryRead(out Frame frame), Is.True);
            seen.Add(Encoding.UTF8.GetString(frame.Reason));
        }

        Assert.That(seen, Is.EqualTo(new[] { "", "a", "a", "aä", "aä", "aäö", "aäö", "aäöü" }));
    }

    [Test]
    public void A_reason_of_an_application_is_cut_too()
    {
        var w = new SpanWriter(new byte[6]);

        Assert.That(FrameWriter.TryWriteApplicationClose(ref w, 1, "reason"u8), Is.True);
        Assert.That(w.Written[^3..].ToArray(), Is.EqualTo("rea"u8.ToArray()));
    }
}
