using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>Which frames about a stream are due, its data aside.</summary>
internal struct ControlFrames
{
    /// <summary>Whether the stream stands in the list of those with such frames.</summary>
    public bool IsListed { get; set; }

    public bool IsResetDue { get; set; }

    public bool IsStopSendingDue { get; set; }

    public bool IsLimitDue { get; set; }

    public bool IsBlockedDue { get; set; }

    /// <summary>Writes those that are still of use, as many as fit.</summary>
    /// <returns>Whether all are written.</returns>
    public bool TryWrite(ref SpanWriter writer, SentPacket packet, StreamState stream) =>
        TryWriteReset(ref writer, packet, stream)
        && TryWriteStopSending(ref writer, packet, stream)
        && TryWriteLimit(ref writer, packet, stream)
        && TryWriteBlocked(ref writer, packet, stream);

    private bool TryWriteReset(ref SpanWriter writer, SentPacket packet, StreamState stream)
    {
        if (IsResetDue)
        {
            if (!FrameWriter.TryWriteResetStream(ref writer, stream.Id, stream.Send.ResetCode!.Value, stream.Send.Buffer.Next))
            {
                return false;
            }

            packet.Add(new SentFrame(FrameType.ResetStream, stream.Id));
        }

        IsResetDue = false;
        return true;
    }

    private bool TryWriteStopSending(ref SpanWriter writer, SentPacket packet, StreamState stream)
    {
        if (IsStopSendingDue && stream.Receive.FinalSize is null)
        {
            if (!FrameWriter.TryWriteStopSending(ref writer, stream.Id, stream.Receive.StopCode!.Value))
            {
                return false;
            }

            packet.Add(new SentFrame(FrameType.StopSending, stream.Id));
        }

        IsStopSendingDue = false;
        return true;
    }

    private bool TryWriteLimit(ref SpanWriter writer, SentPacket packet, StreamState stream)
    {
        if (IsLimitDue && stream.Receive.FinalSize is null)
        {
            long limit = Math.Max(stream.Receive.Limit, stream.Receive.Buffer.Start + stream.Receive.Window.Size);
            if (!FrameWriter.TryWriteMaxStreamData(ref writer, stream.Id, limit))
            {
                return false;
            }

            stream.Receive.Limit = limit;
            packet.Add(new SentFrame(FrameType.MaxStreamData, stream.Id));
        }

        IsLimitDue = false;
        return true;
    }

    private bool TryWriteBlocked(ref SpanWriter writer, SentPacket packet, StreamState stream)
    {
        if (IsBlockedDue && stream.Send.IsBlocked)
        {
            if (!FrameWriter.TryWriteStreamDataBlocked(ref writer, stream.Id, stream.Send.Limit))
            {
                return false;
            }

            packet.Add(new SentFrame(FrameType.StreamDataBlocked, stream.Id, Offset: stream.Send.Limit));
        }

        IsBlockedDue = false;
        return true;
    }
}
