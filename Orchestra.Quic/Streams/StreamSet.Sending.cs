using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>Frames to the peer that concern streams, and what became of them.</summary>
internal sealed partial class StreamSet
{
    /// <summary>Whether any frame would be written, the congestion window aside.</summary>
    public bool HasPending =>
        _controlDue.Count > 0 || Flow.IsDue || Flow.IsBlockedDue || _bidirectional.HasDue || _unidirectional.HasDue || HasPendingData;

    private bool HasPendingData
    {
        get
        {
            foreach (StreamState stream in _sendQueue)
            {
                if (stream.HasPendingData && (Flow.Credit > 0 || stream.Send.HasLost || stream.Send.Next == stream.Send.End))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Writes as many frames as fit.</summary>
    public void WriteFrames(ref SpanWriter writer, SentPacket packet)
    {
        WriteLimits(ref writer, packet);
        WriteControl(ref writer, packet);
        WriteData(ref writer, packet);
        WriteBlocked(ref writer, packet);
    }

    public void OnAcknowledged(in SentFrame frame)
    {
        if (!_streams.TryGetValue(frame.Id, out StreamState? stream))
        {
            return;
        }

        if (frame.Type == FrameType.ResetStream)
        {
            stream.ResetAcknowledged = true;
        }
        else if (frame.Type == FrameType.Stream && stream.ResetCode is null)
        {
            bool hasRoom = stream.Send.OnAcknowledged(frame.Offset, frame.Length, frame.Fin);
            if (hasRoom && stream.WantsToWrite && stream.Send.Buffered <= _sendCapacity / 2)
            {
                stream.WantsToWrite = false;
                _events.Enqueue(new StreamEvent(StreamEventType.Writable, stream.Id));
            }

            Enqueue(stream);
        }

        RemoveIfDone(stream);
    }

    public void OnLost(in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.MaxData:
                Flow.IsDue = true;
                return;
            case FrameType.MaxStreamsBidi:
                _bidirectional.IsDue = true;
                return;
            case FrameType.MaxStreamsUni:
                _unidirectional.IsDue = true;
                return;
            case FrameType.DataBlocked:
                Flow.IsBlockedDue |= frame.Offset == Flow.SendLimit && Flow.Credit == 0;
                return;
            case FrameType.StreamsBlockedBidi:
                _bidirectional.IsBlockedDue |= frame.Offset == _bidirectional.PeerMaximum && _bidirectional.IsWanted;
                return;
            case FrameType.StreamsBlockedUni:
                _unidirectional.IsBlockedDue |= frame.Offset == _unidirectional.PeerMaximum && _unidirectional.IsWanted;
                return;
        }

        if (!_streams.TryGetValue(frame.Id, out StreamState? stream))
        {
            return;
        }

        switch (frame.Type)
        {
            case FrameType.Stream when stream.ResetCode is null:
                stream.Send.OnLost(frame.Offset, frame.Length, frame.Fin);
                Enqueue(stream);
                return;
            case FrameType.ResetStream when !stream.ResetAcknowledged:
                stream.ResetDue = true;
                DueControl(stream);
                return;
            case FrameType.StopSending when stream.FinalSize < 0:
                stream.StopSendingDue = true;
                DueControl(stream);
                return;
            case FrameType.StreamDataBlocked when stream.IsBlocked && frame.Offset == stream.SendLimit:
                stream.BlockedDue = true;
                DueControl(stream);
                return;
            case FrameType.MaxStreamData when stream.FinalSize < 0:
                stream.ReceiveLimitDue = true;
                DueControl(stream);
                return;
        }
    }

    private void WriteLimits(ref SpanWriter writer, SentPacket packet)
    {
        if (Flow.IsDue && writer.Remaining >= 9)
        {
            FrameWriter.TryWriteMaxData(ref writer, Flow.Raise());
            packet.Add(new SentFrame(FrameType.MaxData));
        }

        WriteMaxStreams(ref writer, packet, _bidirectional, FrameType.MaxStreamsBidi);
        WriteMaxStreams(ref writer, packet, _unidirectional, FrameType.MaxStreamsUni);
    }

    private static void WriteMaxStreams(ref SpanWriter writer, SentPacket packet, StreamLimits limits, FrameType type)
    {
        if (limits.IsDue && FrameWriter.TryWriteMaxStreams(ref writer, type == FrameType.MaxStreamsBidi, limits.Maximum))
        {
            limits.IsDue = false;
            limits.Advertised = limits.Maximum;
            packet.Add(new SentFrame(type));
        }
    }

    /// <summary>Tells what holds us up, where it still does.</summary>
    private void WriteBlocked(ref SpanWriter writer, SentPacket packet)
    {
        if (Flow.IsBlockedDue && (Flow.Credit > 0 || FrameWriter.TryWriteDataBlocked(ref writer, Flow.SendLimit)))
        {
            Flow.IsBlockedDue = false;
            if (Flow.Credit == 0)
            {
                packet.Add(new SentFrame(FrameType.DataBlocked, Offset: Flow.SendLimit));
            }
        }

        WriteStreamsBlocked(ref writer, packet, _bidirectional, FrameType.StreamsBlockedBidi);
        WriteStreamsBlocked(ref writer, packet, _unidirectional, FrameType.StreamsBlockedUni);
    }

    private static void WriteStreamsBlocked(ref SpanWriter writer, SentPacket packet, StreamLimits limits, FrameType type)
    {
        if (limits.IsBlockedDue
            && FrameWriter.TryWriteStreamsBlocked(ref writer, type == FrameType.StreamsBlockedBidi, limits.PeerMaximum))
        {
            limits.IsBlockedDue = false;
            packet.Add(new SentFrame(type, Offset: limits.PeerMaximum));
        }
    }

    private void WriteControl(ref SpanWriter writer, SentPacket packet)
    {
        for (int i = _controlDue.Count - 1; i >= 0; i--)
        {
            StreamState stream = _controlDue[i];
            if (!TryWriteControl(ref writer, packet, stream))
            {
                return;
            }

            stream.HasControlDue = false;
            _controlDue.RemoveAt(i);
        }
    }

    private bool TryWriteControl(ref SpanWriter writer, SentPacket packet, StreamState stream)
    {
        if (stream.ResetDue)
        {
            if (!FrameWriter.TryWriteResetStream(ref writer, stream.Id, stream.ResetCode!.Value, stream.Send.Next))
            {
                return false;
            }

            stream.ResetDue = false;
            packet.Add(new SentFrame(FrameType.ResetStream, stream.Id));
        }

        if (stream.StopSendingDue && stream.FinalSize < 0)
        {
            if (!FrameWriter.TryWriteStopSending(ref writer, stream.Id, stream.StopSendingCode!.Value))
            {
                return false;
            }

            packet.Add(new SentFrame(FrameType.StopSending, stream.Id));
        }

        stream.StopSendingDue = false;
        if (stream.ReceiveLimitDue && stream.FinalSize < 0)
        {
            long limit = Math.Max(stream.ReceiveLimit, stream.Receive.Start + _streamWindow);
            if (!FrameWriter.TryWriteMaxStreamData(ref writer, stream.Id, limit))
            {
                return false;
            }

            stream.ReceiveLimit = limit;
            packet.Add(new SentFrame(FrameType.MaxStreamData, stream.Id));
        }

        stream.ReceiveLimitDue = false;
        if (stream.BlockedDue && stream.IsBlocked)
        {
            if (!FrameWriter.TryWriteStreamDataBlocked(ref writer, stream.Id, stream.SendLimit))
            {
                return false;
            }

            packet.Add(new SentFrame(FrameType.StreamDataBlocked, stream.Id, Offset: stream.SendLimit));
        }

        stream.BlockedDue = false;
        return true;
    }

    /// <summary>A frame a stream in turn, until the packet is full or nobody has anything.</summary>
    private void WriteData(ref SpanWriter writer, SentPacket packet)
    {
        for (int turns = _sendQueue.Count; turns > 0; turns--)
        {
            StreamState stream = _sendQueue.Dequeue();
            stream.IsQueued = false;
            bool hasRoom = !stream.HasPendingData || TryWriteData(ref writer, packet, stream);
            Enqueue(stream);
            if (!hasRoom)
            {
                return;
            }
        }
    }

    private bool TryWriteData(ref SpanWriter writer, SentPacket packet, StreamState stream)
    {
        (long offset, int length, bool isRetransmission) = stream.Send.Peek(stream.SendLimit);
        if (!isRetransmission)
        {
            if (length > 0 && Flow.Credit == 0)
            {
                Flow.OnBlocked();
            }

            length = (int)Math.Min(length, Flow.Credit);
        }

        bool fin = stream.Send.HasFin && offset + length == stream.Send.End;
        if (length == 0 && !fin)
        {
            return true;
        }

        if (!FrameWriter.TryBeginStream(ref writer, stream.Id, offset, length, fin, out Span<byte> data, out bool finWritten))
        {
            return false;
        }

        stream.Send.Read(offset, data);
        stream.Send.OnSent(offset, data.Length, finWritten);
        if (!isRetransmission)
        {
            Flow.Sent += data.Length;
        }

        packet.Add(new SentFrame(FrameType.Stream, stream.Id, offset, data.Length, finWritten));
        return data.Length == length;
    }
}
