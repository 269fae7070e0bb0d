using CsCheck;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

/// <summary>Each frame is read as it was written.</summary>
public class FrameTests
{
    private static readonly Gen<long> Integer = Gen.Select(Gen.Long[0, VarInt.MaxValue], Gen.Int[0, 62], (n, shift) => n >> shift);
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[1, 100];

    [Test]
    public void Ping_and_HandshakeDone()
    {
        Assert.That(Read(FrameWriter.TryWritePing).Type, Is.EqualTo(FrameType.Ping));
        Assert.That(Read(FrameWriter.TryWriteHandshakeDone).Type, Is.EqualTo(FrameType.HandshakeDone));
    }

    [Test]
    public void Padding_is_one_frame_however_long()
    {
        var w = new SpanWriter(new byte[50]);
        FrameWriter.WritePadding(ref w, 20);
        FrameWriter.TryWritePing(ref w);
        FrameWriter.WritePadding(ref w, 29);

        var reader = new FrameReader(w.Written);
        List<FrameType> types = [];
        while (reader.TryRead(out Frame frame))
        {
            types.Add(frame.Type);
        }

        Assert.That(types, Is.EqualTo(new[] { FrameType.Padding, FrameType.Ping, FrameType.Padding }));
    }

    [Test]
    public void Ack()
    {
        Gen<PacketRange[]> ranges = Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 100_000]).Array[1, 40].Select(steps =>
        {
            var made = new PacketRange[steps.Length];
            long from = 0;
            for (int i = steps.Length - 1; i >= 0; i--)
            {
                made[i] = new PacketRange(from, from + steps[i].Item1);
                from = made[i].Largest + 2 + steps[i].Item2;
            }

            return made;
        });

        Gen.Select(ranges, Integer, Gen.Bool, Gen.Select(Integer, Integer, Integer)).Sample((written, delay, hasEcn, counts) =>
        {
            EcnCounts? ecn = hasEcn ? new EcnCounts(counts.Item1, counts.Item2, counts.Item3) : null;
            Frame frame = Read((ref w) =>
                FrameWriter.TryWriteAck(ref w, delay, written, ecn, out int count) && count == written.Length);

            Assert.That(frame.Type, Is.EqualTo(ecn is null ? FrameType.Ack : FrameType.AckEcn));
            Assert.That(frame.HasEcnCounts, Is.EqualTo(ecn is not null));
            Assert.That(frame.Ecn, Is.EqualTo(ecn ?? default));
            Assert.That(frame.AckDelay, Is.EqualTo(delay));
            Assert.That(frame.Acks.LargestAcknowledged, Is.EqualTo(written[0].Largest));
            Assert.That(RangesOf(frame), Is.EqualTo(written));
        });
    }

    [Test]
    public void Ack_of_every_packet_number_there_is()
    {
        Frame frame = Read((ref w) => FrameWriter.TryWriteAck(ref w, 0, [new(0, VarInt.MaxValue)], out _));

        Assert.That(RangesOf(frame), Is.EqualTo(new[] { new PacketRange(0, VarInt.MaxValue) }));
    }

    [Test]
    public void ResetStream() => Gen.Select(Integer, Integer, Integer).Sample((id, code, size) =>
    {
        Frame frame = Read((ref w) => FrameWriter.TryWriteResetStream(ref w, id, code, size));
        return (frame.Type, frame.StreamId, frame.ErrorCode, frame.FinalSize) == (FrameType.ResetStream, id, code, size);
    });

    [Test]
    public void StopSending() => Gen.Select(Integer, Integer).Sample((id, code) =>
    {
        Frame frame = Read((ref w) => FrameWriter.TryWriteStopSending(ref w, id, code));
        return (frame.Type, frame.StreamId, frame.ErrorCode) == (FrameType.StopSending, id, code);
    });

    [Test]
    public void Crypto() => Gen.Select(Gen.Long[0, VarInt.MaxValue - 100], Bytes).Sample((offset, bytes) =>
    {
        Frame frame = Read((ref w) =>
            FrameWriter.TryBeginCrypto(ref w, offset, bytes.Length, out Span<byte> data) && bytes.AsSpan().TryCopyTo(data));
        return (frame.Type, frame.Offset) == (FrameType.Crypto, offset) && frame.Data.SequenceEqual(bytes);
    });

    [Test]
    public void NewToken() => Bytes.Sample(token =>
    {
        Frame frame = Read((ref w) => FrameWriter.TryWriteNewToken(ref w, token));
        return frame.Type == FrameType.NewToken && frame.Data.SequenceEqual(token);
    });

    [Test]
    public void Stream()
    {
        Gen<long> offset = Gen.OneOf(Gen.Const(0L), Gen.Long[0, VarInt.MaxValue - 100]);

        Gen.Select(Integer, offset, Gen.Byte.Array[0, 100], Gen.Bool).Sample((id, from, bytes, fin) =>
        {
            Frame frame = Read((ref w) =>
                FrameWriter.TryBeginStream(ref w, id, from, bytes.Length, fin, out Span<byte> data, out bool finWritten)
                && bytes.AsSpan().TryCopyTo(data)
                && finWritten == fin);
            return (frame.Type, frame.StreamId, frame.Offset, frame.Fin) == (FrameType.Stream, id, from, fin)
                && frame.Data.SequenceEqual(bytes);
        });
    }

    [TestCase(0x08, 0, false, TestName = "Stream_to_the_end_of_the_packet")]
    [TestCase(0x09, 0, true, TestName = "Stream_to_the_end_of_the_packet_with_FIN")]
    [TestCase(0x0C, 5, false, TestName = "Stream_to_the_end_of_the_packet_with_an_offset")]
    [TestCase(0x0D, 5, true, TestName = "Stream_to_the_end_of_the_packet_with_both")]
    public void Stream_without_a_length(int type, long offset, bool fin)
    {
        byte[] payload = [(byte)type, 4, .. offset > 0 ? new byte[] { (byte)offset } : [], 1, 2, 3];
        var reader = new FrameReader(payload);

        Assert.That(reader.TryRead(out Frame frame), Is.True);
        Assert.That((frame.Type, frame.StreamId, frame.Offset, frame.Fin), Is.EqualTo((FrameType.Stream, 4L, offset, fin)));
        Assert.That(frame.Data.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(reader.TryRead(out _), Is.False);
    }

    [Test]
    public void Limits() => Gen.Select(Integer, Integer).Sample((id, limit) =>
    {
        Frame maxData = Read((ref w) => FrameWriter.TryWriteMaxData(ref w, limit));
        Assert.That((maxData.Type, maxData.Maximum), Is.EqualTo((FrameType.MaxData, limit)));
        Frame blocked = Read((ref w) => FrameWriter.TryWriteDataBlocked(ref w, limit));
        Assert.That((blocked.Type, blocked.Maximum), Is.EqualTo((FrameType.DataBlocked, limit)));
        Frame maxStreamData = Read((ref w) => FrameWriter.TryWriteMaxStreamData(ref w, id, limit));
        Assert.That(
            (maxStreamData.Type, maxStreamData.StreamId, maxStreamData.Maximum),
            Is.EqualTo((FrameType.MaxStreamData, id, limit)));
        Frame streamBlocked = Read((ref w) => FrameWriter.TryWriteStreamDataBlocked(ref w, id, limit));
        Assert.That(
            (streamBlocked.Type, streamBlocked.StreamId, streamBlocked.Maximum),
            Is.EqualTo((FrameType.StreamDataBlocked, id, limit)));
    });

    [Test]
    public void Limits_of_streams() => Gen.Select(Gen.Long[0, 1L << 60], Gen.Bool).Sample((limit, bidirectional) =>
    {
        Frame max = Read((ref w) => FrameWriter.TryWriteMaxStreams(ref w, bidirectional, limit));
        Frame blocked = Read((ref w) => FrameWriter.TryWriteStreamsBlocked(ref w, bidirectional, limit));
        return (max.Type, max.Maximum) == (bidirectional ? FrameType.MaxStreamsBidi : FrameType.MaxStreamsUni, limit)
            && (blocked.Type, blocked.Maximum)
                == (bidirectional ? FrameType.StreamsBlockedBidi : FrameType.StreamsBlockedUni, limit);
    });

    [Test]
    public void NewConnectionId()
    {
        Gen.Select(Integer, Gen.Long[0, 100], Gen.Byte.Array[1, 20], Gen.Byte.Array[16]).Sample((number, less, bytes, token) =>
        {
            var id = ConnectionId.Of(bytes);
            long retire = Math.Max(0, number - less);
            Frame frame = Read((ref w) => FrameWriter.TryWriteNewConnectionId(ref w, number, retire, id, token));
            return (frame.Type, frame.SequenceNumber, frame.RetirePriorTo, frame.ConnectionId)
                    == (FrameType.NewConnectionId, number, retire, id)
                && frame.StatelessResetToken.SequenceEqual(token);
        });
    }

    [Test]
    public void RetireConnectionId() => Integer.Sample(number =>
    {
        Frame frame = Read((ref w) => FrameWriter.TryWriteRetireConnectionId(ref w, number));
        return (frame.Type, frame.SequenceNumber) == (FrameType.RetireConnectionId, number);
    });

    [Test]
    public void Path() => Gen.Byte.Array[8].Sample(data =>
    {
        Frame challenge = Read((ref w) => FrameWriter.TryWritePathChallenge(ref w, data));
        Frame response = Read((ref w) => FrameWriter.TryWritePathResponse(ref w, data));
        return (challenge.Type, response.Type) == (FrameType.PathChallenge, FrameType.PathResponse)
            && challenge.Data.SequenceEqual(data)
            && response.Data.SequenceEqual(data);
    });

    [Test]
    public void Closes() => Gen.Select(Integer, Integer, Gen.Byte.Array[0, 100]).Sample((code, type, reason) =>
    {
        Frame close = Read((ref w) => FrameWriter.TryWriteConnectionClose(ref w, (TransportErrorCode)code, type, reason));
        Frame application = Read((ref w) => FrameWriter.TryWriteApplicationClose(ref w, code, reason));
        return (close.Type, close.ErrorCode, close.OffendingFrameType) == (FrameType.ConnectionClose, code, type)
            && close.Reason.SequenceEqual(reason)
            && (application.Type, application.ErrorCode) == (FrameType.ApplicationClose, code)
            && application.Reason.SequenceEqual(reason);
    });

    [Test]
    public void All_but_padding_acks_and_closes_elicit_an_ack()
    {
        string[] silent = ["ACK", "ACK_ECN", "CONNECTION_CLOSE", "APPLICATION_CLOSE"];

        Assert.That(
            FrameSamples.Names.Where(name => !Read(FrameSamples.Get(name)).IsAckEliciting), Is.EquivalentTo(silent));
        Assert.That(Read((ref w) => FillPadding(ref w)).IsAckEliciting, Is.False);

        static bool FillPadding(ref SpanWriter w)
        {
            FrameWriter.WritePadding(ref w, 1);
            return true;
        }
    }

    /// <summary>The one frame that was written.</summary>
    private static Frame Read(WriteFrame write)
    {
        var reader = new FrameReader(FrameSamples.Encode(write));
        Assert.That(reader.TryRead(out Frame frame), Is.True);
        Assert.That(reader.TryRead(out _), Is.False);
        return frame;
    }

    private static List<PacketRange> RangesOf(Frame frame)
    {
        List<PacketRange> ranges = [];
        foreach (PacketRange range in frame.Acks)
        {
            ranges.Add(range);
        }

        return ranges;
    }
}
