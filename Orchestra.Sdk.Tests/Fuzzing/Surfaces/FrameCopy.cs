using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>Writes frames that were read.</summary>
internal static class FrameCopy
{
    /// <summary>Checks that a payload, as far as it can be read, is the same frames when they are written and read again.</summary>
    public static void Check(ReadOnlySpan<byte> payload)
    {
        byte[] buffer = new byte[payload.Length + 64];
        var reader = new FrameReader(payload);
        while (true)
        {
            Frame frame;
            try
            {
                if (!reader.TryRead(out frame))
                {
                    return;
                }
            }
            catch (TransportException)
            {
                return;
            }

            if (frame.Type == FrameType.Crypto && frame.Data.IsEmpty)
            {
                // It is read, and never written.
                continue;
            }

            var writer = new SpanWriter(buffer);
            if (!TryWrite(ref writer, frame))
            {
                throw new OracleException($"a {frame.Type} frame that was read is not written");
            }

            byte[] once = writer.Written.ToArray();
            var again = new FrameReader(once);
            again.TryRead(out Frame copy);
            writer = new SpanWriter(buffer);
            if (copy.Type != frame.Type || !TryWrite(ref writer, copy) || !writer.Written.SequenceEqual(once))
            {
                throw new OracleException($"a {frame.Type} frame is another one when it was written");
            }
        }
    }

    private static bool TryWrite(ref SpanWriter w, scoped in Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Padding:
                FrameWriter.WritePadding(ref w, 1);
                return true;
            case FrameType.Ping:
                return FrameWriter.TryWritePing(ref w);
            case FrameType.Ack or FrameType.AckEcn:
                var ranges = new List<PacketRange>();
                foreach (PacketRange range in frame.Acks)
                {
                    ranges.Add(range);
                }

                return FrameWriter.TryWriteAck(
                    ref w, frame.AckDelay, ranges.ToArray(), frame.HasEcnCounts ? frame.Ecn : null, out int count) && count == ranges.Count;
            case FrameType.ResetStream:
                return FrameWriter.TryWriteResetStream(ref w, frame.StreamId, frame.ErrorCode, frame.FinalSize);
            case FrameType.StopSending:
                return FrameWriter.TryWriteStopSending(ref w, frame.StreamId, frame.ErrorCode);
            case FrameType.Crypto:
                return FrameWriter.TryBeginCrypto(ref w, frame.Offset, frame.Data.Length, out Span<byte> text) && frame.Data.TryCopyTo(text);
            case FrameType.NewToken:
                return FrameWriter.TryWriteNewToken(ref w, frame.Data);
            case FrameType.Stream:
                return FrameWriter.TryBeginStream(ref w, frame.StreamId, frame.Offset, frame.Data.Length, frame.Fin, out Span<byte> data, out _)
                    && frame.Data.TryCopyTo(data);
            case FrameType.MaxData:
                return FrameWriter.TryWriteMaxData(ref w, frame.Maximum);
            case FrameType.MaxStreamData:
                return FrameWriter.TryWriteMaxStreamData(ref w, frame.StreamId, frame.Maximum);
            case FrameType.MaxStreamsBidi or FrameType.MaxStreamsUni:
                return FrameWriter.TryWriteMaxStreams(ref w, frame.Type == FrameType.MaxStreamsBidi, frame.Maximum);
            case FrameType.DataBlocked:
                return FrameWriter.TryWriteDataBlocked(ref w, frame.Maximum);
            case FrameType.StreamDataBlocked:
                return FrameWriter.TryWriteStreamDataBlocked(ref w, frame.StreamId, frame.Maximum);
            case FrameType.StreamsBlockedBidi or FrameType.StreamsBlockedUni:
                return FrameWriter.TryWriteStreamsBlocked(ref w, frame.Type == FrameType.StreamsBlockedBidi, frame.Maximum);
            case FrameType.NewConnectionId:
                return FrameWriter.TryWriteNewConnectionId(
                    ref w, frame.SequenceNumber, frame.RetirePriorTo, frame.ConnectionId, frame.StatelessResetToken);
            case FrameType.RetireConnectionId:
                return FrameWriter.TryWriteRetireConnectionId(ref w, frame.SequenceNumber);
            case FrameType.PathChallenge:
                return FrameWriter.TryWritePathChallenge(ref w, frame.Data);
            case FrameType.PathResponse:
                return FrameWriter.TryWritePathResponse(ref w, frame.Data);
            case FrameType.ConnectionClose:
                return FrameWriter.TryWriteConnectionClose(ref w, (TransportErrorCode)frame.ErrorCode, frame.OffendingFrameType, frame.Reason);
            case FrameType.ApplicationClose:
                return FrameWriter.TryWriteApplicationClose(ref w, frame.ErrorCode, frame.Reason);
            default:
                return FrameWriter.TryWriteHandshakeDone(ref w);
        }
    }
}
