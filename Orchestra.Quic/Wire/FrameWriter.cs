namespace Orchestra.Quic.Wire;

/// <summary>Writes frames (RFC 9000 §19). Each writes if it fits and says so; what does not fit leaves nothing behind.</summary>
internal static class FrameWriter
{
    private const int StreamFin = 0x01;
    private const int StreamLength = 0x02;
    private const int StreamOffset = 0x04;

    public static bool TryWritePing(ref SpanWriter w) => TryWrite(ref w, FrameType.Ping);

    public static bool TryWriteHandshakeDone(ref SpanWriter w) => TryWrite(ref w, FrameType.HandshakeDone);

    public static void WritePadding(ref SpanWriter w, int count) => w.Reserve(count).Clear();

    /// <summary>
    /// Begins a CRYPTO frame that takes as many of <paramref name="wanted"/> bytes as fit, one at least; the caller fills
    /// <paramref name="data"/>.
    /// </summary>
    public static bool TryBeginCrypto(ref SpanWriter w, long offset, int wanted, out Span<byte> data)
    {
        int header = 1 + VarInt.SizeOf(offset);
        int length = LengthThatFits(w.Remaining - header, wanted);
        if (length < 1)
        {
            data = default;
            return false;
        }

        w.WriteByte((byte)FrameType.Crypto);
        w.WriteVarInt(offset);
        w.WriteVarInt(length);
        data = w.Reserve(length);
        return true;
    }

    /// <summary>
    /// Begins a STREAM frame that takes as many of <paramref name="wanted"/> bytes as fit, one at least unless none is wanted.
    /// FIN is set only with the last of them.
    /// </summary>
    public static bool TryBeginStream(
        ref SpanWriter w, long id, long offset, int wanted, bool fin, out Span<byte> data, out bool finWritten)
    {
        int header = 1 + VarInt.SizeOf(id) + (offset > 0 ? VarInt.SizeOf(offset) : 0);
        int length = LengthThatFits(w.Remaining - header, wanted);
        if (length < Math.Min(wanted, 1))
        {
            data = default;
            finWritten = false;
            return false;
        }

        finWritten = fin && length == wanted;
        w.WriteByte((byte)((int)FrameType.Stream | StreamLength | (offset > 0 ? StreamOffset : 0) | (finWritten ? StreamFin : 0)));
        w.WriteVarInt(id);
        if (offset > 0)
        {
            w.WriteVarInt(offset);
        }

        w.WriteVarInt(length);
        data = w.Reserve(length);
        return true;
    }

    /// <summary>Writes an ACK frame of as many ranges as fit, one at least.</summary>
    public static bool TryWriteAck(
        ref SpanWriter w, long ackDelayEncoded, scoped ReadOnlySpan<PacketRange> rangesFromLargest, out int rangesWritten) =>
        TryWriteAck(ref w, ackDelayEncoded, rangesFromLargest, null, out rangesWritten);

    /// <summary>Writes an ACK frame of as many ranges as fit, one at least, with ECN counts if there are any.</summary>
    public static bool TryWriteAck(
        ref SpanWriter w,
        long ackDelayEncoded,
        scoped ReadOnlySpan<PacketRange> rangesFromLargest,
        EcnCounts? ecn,
        out int rangesWritten)
    {
        PacketRange first = rangesFromLargest[0];
        long firstLength = first.Largest - first.Smallest;
        int room = w.Remaining - 1 - VarInt.SizeOf(first.Largest) - VarInt.SizeOf(ackDelayEncoded)
            - VarInt.SizeOf(rangesFromLargest.Length) - VarInt.SizeOf(firstLength);
        if (ecn is { } counts)
        {
            room -= VarInt.SizeOf(counts.Ect0) + VarInt.SizeOf(counts.Ect1) + VarInt.SizeOf(counts.Ce);
        }

        if (room < 0)
        {
            rangesWritten = 0;
            return false;
        }

        int written = 1;
        for (; written < rangesFromLargest.Length; written++)
        {
            room -= VarInt.SizeOf(Gap(rangesFromLargest, written)) + VarInt.SizeOf(Length(rangesFromLargest[written]));
            if (room < 0)
            {
                break;
            }
        }

        w.WriteByte((byte)(ecn is null ? FrameType.Ack : FrameType.AckEcn));
        w.WriteVarInt(first.Largest);
        w.WriteVarInt(ackDelayEncoded);
        w.WriteVarInt(written - 1);
        w.WriteVarInt(firstLength);
        for (int i = 1; i < written; i++)
        {
            w.WriteVarInt(Gap(rangesFromLargest, i));
            w.WriteVarInt(Length(rangesFromLargest[i]));
        }

        if (ecn is { } seen)
        {
            w.WriteVarInt(seen.Ect0);
            w.WriteVarInt(seen.Ect1);
            w.WriteVarInt(seen.Ce);
        }

        rangesWritten = written;
        return true;
    }

    public static bool TryWriteResetStream(ref SpanWriter w, long id, long errorCode, long finalSize) =>
        TryWrite(ref w, FrameType.ResetStream, id, errorCode, finalSize);

    public static bool TryWriteStopSending(ref SpanWriter w, long id, long errorCode) =>
        TryWrite(ref w, FrameType.StopSending, id, errorCode);

    public static bool TryWriteNewToken(ref SpanWriter w, scoped ReadOnlySpan<byte> token) =>
        TryWriteWithBytes(ref w, token, FrameType.NewToken, token.Length);

    public static bool TryWriteMaxData(ref SpanWriter w, long maximum) => TryWrite(ref w, FrameType.MaxData, maximum);

    public static bool TryWriteMaxStreamData(ref SpanWriter w, long id, long maximum) =>
        TryWrite(ref w, FrameType.MaxStreamData, id, maximum);

    public static bool TryWriteMaxStreams(ref SpanWriter w, bool bidirectional, long maximum) =>
        TryWrite(ref w, bidirectional ? FrameType.MaxStreamsBidi : FrameType.MaxStreamsUni, maximum);

    public static bool TryWriteDataBlocked(ref SpanWriter w, long limit) => TryWrite(ref w, FrameType.DataBlocked, limit);

    public static bool TryWriteStreamDataBlocked(ref SpanWriter w, long id, long limit) =>
        TryWrite(ref w, FrameType.StreamDataBlocked, id, limit);

    public static bool TryWriteStreamsBlocked(ref SpanWriter w, bool bidirectional, long limit) =>
        TryWrite(ref w, bidirectional ? FrameType.StreamsBlockedBidi : FrameType.StreamsBlockedUni, limit);

    public static bool TryWriteNewConnectionId(
        ref SpanWriter w,
        long sequenceNumber,
        long retirePriorTo,
        in ConnectionId id,
        scoped ReadOnlySpan<byte> statelessResetToken)
    {
        int size = 1 + VarInt.SizeOf(sequenceNumber) + VarInt.SizeOf(retirePriorTo)
            + 1 + id.Length + FrameReader.StatelessResetTokenLength;
        if (size > w.Remaining)
        {
            return false;
        }

        w.WriteByte((byte)FrameType.NewConnectionId);
        w.WriteVarInt(sequenceNumber);
        w.WriteVarInt(retirePriorTo);
        w.WriteByte((byte)id.Length);
        id.CopyTo(w.Reserve(id.Length));
        w.WriteBytes(statelessResetToken[..FrameReader.StatelessResetTokenLength]);
        return true;
    }

    public static bool TryWriteRetireConnectionId(ref SpanWriter w, long sequenceNumber) =>
        TryWrite(ref w, FrameType.RetireConnectionId, sequenceNumber);

    public static bool TryWritePathChallenge(ref SpanWriter w, scoped ReadOnlySpan<byte> data) =>
        TryWriteWithBytes(ref w, data[..FrameReader.PathDataLength], FrameType.PathChallenge);

    public static bool TryWritePathResponse(ref SpanWriter w, scoped ReadOnlySpan<byte> data) =>
        TryWriteWithBytes(ref w, data[..FrameReader.PathDataLength], FrameType.PathResponse);

    /// <summary>Writes a CONNECTION_CLOSE of the transport; a reason that does not fit is cut.</summary>
    public static bool TryWriteConnectionClose(
        ref SpanWriter w, TransportErrorCode code, long frameType, scoped ReadOnlySpan<byte> reason)
    {
        reason = Cut(reason, w.Remaining - 1 - VarInt.SizeOf((long)code) - VarInt.SizeOf(frameType));
        return TryWriteWithBytes(ref w, reason, FrameType.ConnectionClose, (long)code, frameType, reason.Length);
    }

    /// <summary>Writes a CONNECTION_CLOSE of the application; a reason that does not fit is cut.</summary>
    public static bool TryWriteApplicationClose(ref SpanWriter w, long code, scoped ReadOnlySpan<byte> reason)
    {
        reason = Cut(reason, w.Remaining - 1 - VarInt.SizeOf(code));
        return TryWriteWithBytes(ref w, reason, FrameType.ApplicationClose, code, reason.Length);
    }

    private static long Gap(ReadOnlySpan<PacketRange> ranges, int index) =>
        ranges[index - 1].Smallest - ranges[index].Largest - 2;

    private static long Length(PacketRange range) => range.Largest - range.Smallest;

    private static bool TryWrite(ref SpanWriter w, FrameType type, params ReadOnlySpan<long> values) =>
        TryWriteWithBytes(ref w, default, type, values);

    private static bool TryWriteWithBytes(
        ref SpanWriter w, scoped ReadOnlySpan<byte> bytes, FrameType type, params ReadOnlySpan<long> values)
    {
        int size = 1 + bytes.Length;
        foreach (long value in values)
        {
            size += VarInt.SizeOf(value);
        }

        if (size > w.Remaining)
        {
            return false;
        }

        w.WriteByte((byte)type);
        foreach (long value in values)
        {
            w.WriteVarInt(value);
        }

        w.WriteBytes(bytes);
        return true;
    }

    /// <summary>How many of <paramref name="wanted"/> bytes fit together with their length; -1 when not even the length does.</summary>
    private static int LengthThatFits(int room, int wanted)
    {
        // A shorter length field can leave room for more data than a longer one would.
        int best = room < 1 ? -1 : Math.Min(Math.Min(wanted, room - 1), 63);
        best = Math.Max(best, Math.Min(Math.Min(wanted, room - 2), 16_383));
        return Math.Max(best, Math.Min(wanted, room - 4));
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> reason, int room)
    {
        int length = Math.Max(LengthThatFits(room, reason.Length), 0);
        if (length < reason.Length)
        {
            // Not within a character of UTF-8.
            while (length > 0 && (reason[length] & 0xC0) == 0x80)
            {
                length--;
            }
        }

        return reason[..length];
    }
}
