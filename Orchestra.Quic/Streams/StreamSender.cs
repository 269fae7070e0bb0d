using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>Frames to the peer that concern streams, whose turn it is, and what became of them.</summary>
/// <param name="table">The streams.</param>
/// <param name="flow">What all streams may send and receive.</param>
/// <param name="memory">What is kept of what they send.</param>
/// <param name="roundTrips">How long they take.</param>
/// <param name="events">Takes what the application should know.</param>
internal sealed class StreamSender(
    StreamTable table, ConnectionFlow flow, SendMemory memory, RttEstimator roundTrips, Queue<StreamEvent> events)
{
    private readonly Queue<StreamState> _data = new();
    private readonly List<StreamState> _control = [];

    /// <summary>Whether any frame would be written, the congestion window aside.</summary>
    public bool HasPending =>
        _control.Count > 0 || flow.HasDue || table.Bidirectional.HasDue || table.Unidirectional.HasDue || HasPendingData;

    private bool HasPendingData
    {
        get
        {
            foreach (StreamState stream in _data)
            {
                ref SendBuffer buffer = ref stream.Send.Buffer;
                if (stream.Send.HasPending && (flow.Credit > 0 || buffer.HasLost || buffer.Next == buffer.End))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Data was written, lost or allowed: the stream may have its turn.</summary>
    public void EnqueueData(StreamState stream)
    {
        if (!stream.IsQueued && stream.Send.HasPending)
        {
            stream.IsQueued = true;
            _data.Enqueue(stream);
        }
        else if (stream.Send.TryNoteBlocked())
        {
            stream.Control.IsBlockedDue = true;
            EnqueueControl(stream);
        }
    }

    /// <summary>A frame about the stream is due.</summary>
    public void EnqueueControl(StreamState stream)
    {
        if (!stream.Control.IsListed)
        {
            stream.Control.IsListed = true;
            _control.Add(stream);
        }
    }

    /// <summary>Writes as many frames as fit.</summary>
    public void WriteFrames(ref SpanWriter writer, SentPacket packet, long now)
    {
        memory.Resize(now);
        flow.WriteRaise(ref writer, packet, roundTrips.Minimum, now);
        table.Bidirectional.WriteRaise(ref writer, packet);
        table.Unidirectional.WriteRaise(ref writer, packet);
        WriteControl(ref writer, packet, now);
        WriteData(ref writer, packet);

        // What holds us up, where it still does.
        flow.WriteBlocked(ref writer, packet);
        table.Bidirectional.WriteBlocked(ref writer, packet);
        table.Unidirectional.WriteBlocked(ref writer, packet);
    }

    public void OnAcknowledged(in SentFrame frame)
    {
        if (table.Find(frame.Id) is not { } stream)
        {
            return;
        }

        if (frame.Type == FrameType.ResetStream)
        {
            stream.Send.OnResetAcknowledged();
        }
        else if (frame.Type == FrameType.Stream && stream.Send.ResetCode is null)
        {
            if (stream.Send.OnDataAcknowledged(frame, memory))
            {
                events.Enqueue(new StreamEvent(StreamEventType.Writable, stream.Id));
            }

            EnqueueData(stream);
        }

        table.RemoveIfDone(stream);
    }

    public void OnLost(in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.MaxData:
                flow.OnRaiseLost();
                break;
            case FrameType.MaxStreamsBidi:
                table.Bidirectional.OnRaiseLost();
                break;
            case FrameType.MaxStreamsUni:
                table.Unidirectional.OnRaiseLost();
                break;
            case FrameType.DataBlocked:
                flow.OnBlockedLost(frame.Offset);
                break;
            case FrameType.StreamsBlockedBidi:
                table.Bidirectional.OnBlockedLost(frame.Offset);
                break;
            case FrameType.StreamsBlockedUni:
                table.Unidirectional.OnBlockedLost(frame.Offset);
                break;
            default:
                if (table.Find(frame.Id) is { } stream)
                {
                    OnLost(stream, frame);
                }

                break;
        }
    }

    /// <summary>The connection is over.</summary>
    public void Clear()
    {
        _data.Clear();
        _control.Clear();
    }

    private void OnLost(StreamState stream, in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Stream when stream.Send.ResetCode is null:
                stream.Send.Buffer.OnLost(frame.Offset, frame.Length, frame.Fin);
                EnqueueData(stream);
                return;
            case FrameType.ResetStream when stream.Send.IsResetOpen:
                stream.Control.IsResetDue = true;
                break;
            case FrameType.StopSending when stream.Receive.FinalSize is null:
                stream.Control.IsStopSendingDue = true;
                break;
            case FrameType.StreamDataBlocked when stream.Send.IsBlocked && frame.Offset == stream.Send.Limit:
                stream.Control.IsBlockedDue = true;
                break;
            case FrameType.MaxStreamData when stream.Receive.FinalSize is null:
                stream.Control.IsLimitDue = true;
                break;
            default:
                return;
        }

        EnqueueControl(stream);
    }

    private void WriteControl(ref SpanWriter writer, SentPacket packet, long now)
    {
        for (int i = _control.Count - 1; i >= 0; i--)
        {
            StreamState stream = _control[i];
            if (stream.Control.IsLimitDue)
            {
                stream.Receive.Resize(flow.MaxStreamWindow, roundTrips.Minimum, now);
            }

            if (!stream.Control.TryWrite(ref writer, packet, stream))
            {
                return;
            }

            stream.Control.IsListed = false;
            _control.RemoveAt(i);
        }
    }

    /// <summary>A frame a stream in turn, until the packet is full or nobody has anything.</summary>
    private void WriteData(ref SpanWriter writer, SentPacket packet)
    {
        for (int turns = _data.Count; turns > 0; turns--)
        {
            StreamState stream = _data.Dequeue();
            stream.IsQueued = false;
            bool hasRoom = !stream.Send.HasPending || TryWriteData(ref writer, packet, stream);
            EnqueueData(stream);
            if (!hasRoom)
            {
                return;
            }
        }
    }

    private bool TryWriteData(ref SpanWriter writer, SentPacket packet, StreamState stream)
    {
        ref SendBuffer buffer = ref stream.Send.Buffer;
        (long offset, int length, bool isRetransmission) = buffer.Peek(stream.Send.Limit);
        if (!isRetransmission)
        {
            if (length > 0 && flow.Credit == 0)
            {
                flow.OnBlocked();
            }

            length = (int)Math.Min(length, flow.Credit);
        }

        bool fin = buffer.HasFin && offset + length == buffer.End;
        if (length == 0 && !fin)
        {
            return true;
        }

        if (!FrameWriter.TryBeginStream(ref writer, stream.Id, offset, length, fin, out Span<byte> data, out bool finWritten))
        {
            return false;
        }

        buffer.Read(offset, data);
        buffer.OnSent(offset, data.Length, finWritten);
        if (!isRetransmission)
        {
            flow.OnSent(data.Length);
        }

        packet.Add(new SentFrame(FrameType.Stream, stream.Id, offset, data.Length, finWritten));
        return data.Length == length;
    }
}
