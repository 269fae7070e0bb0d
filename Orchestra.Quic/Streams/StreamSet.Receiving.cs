using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>Frames of the peer that concern streams.</summary>
internal sealed partial class StreamSet
{
    public void OnStream(in Frame frame)
    {
        if (Receiving(frame.StreamId, FrameType.Stream) is not { } stream)
        {
            return;
        }

        long end = frame.Offset + frame.Data.Length;
        OnReceived(stream, end, frame.Fin ? end : -1, FrameType.Stream);
        if (stream.IsReceiveDelivered || stream.PeerResetCode is not null)
        {
            // Nobody reads it any more, but it counts: once, also where a reset told the final size before it, RFC 9000 §4.5.
            DiscardReceived(stream, end);
            RemoveIfDone(stream);
            return;
        }

        long before = stream.Receive.Available;
        stream.Receive.Write(frame.Offset, frame.Data);
        if (stream.Receive.Available > before || stream.Receive.Start + stream.Receive.Available == stream.FinalSize)
        {
            SignalReadable(stream);
        }
    }

    public void OnResetStream(in Frame frame)
    {
        if (Receiving(frame.StreamId, FrameType.ResetStream) is not { } stream)
        {
            return;
        }

        // Who has everything, the end too, needs no reset any more, RFC 9000 §3.2.
        bool hasAll = stream.FinalSize >= 0 && stream.Receive.Start + stream.Receive.Available == stream.FinalSize;
        OnReceived(stream, frame.FinalSize, frame.FinalSize, FrameType.ResetStream);
        if (stream.PeerResetCode is not null || hasAll)
        {
            RemoveIfDone(stream);
            return;
        }

        stream.PeerResetCode = frame.ErrorCode;

        // What was not read is dropped, and what will not come counts as read.
        DiscardReceived(stream, frame.FinalSize);
        if (stream.IsReceiveDelivered)
        {
            RemoveIfDone(stream);
            return;
        }

        SignalReadable(stream);
    }

    public void OnStopSending(in Frame frame)
    {
        if (Sending(frame.StreamId, FrameType.StopSending) is { StopCode: null } stream)
        {
            stream.StopCode = frame.ErrorCode;
            Reset(stream, frame.ErrorCode);
            _events.Enqueue(new StreamEvent(StreamEventType.SendStopped, stream.Id, ErrorCode: frame.ErrorCode));
        }
    }

    public void OnMaxStreamData(in Frame frame)
    {
        if (Sending(frame.StreamId, FrameType.MaxStreamData) is { } stream && frame.Maximum > stream.SendLimit)
        {
            stream.SendLimit = frame.Maximum;
            Enqueue(stream);
        }
    }

    public void OnStreamDataBlocked(in Frame frame) => Receiving(frame.StreamId, FrameType.StreamDataBlocked);

    public void OnMaxStreams(bool bidirectional, long maximum)
    {
        StreamLimits limits = bidirectional ? _bidirectional : _unidirectional;
        if (maximum <= limits.PeerMaximum)
        {
            return;
        }

        limits.PeerMaximum = maximum;
        if (limits.IsWanted)
        {
            limits.IsWanted = false;
            limits.IsBlockedDue = false;
            _events.Enqueue(new StreamEvent(StreamEventType.MoreAllowed));
        }
    }

    /// <summary>Checks sizes, RFC 9000 §4.1 and §4.5, and counts what is new.</summary>
    private void OnReceived(StreamState stream, long end, long finalSize, FrameType frameType)
    {
        if (finalSize >= 0 && ((stream.FinalSize >= 0 && stream.FinalSize != finalSize) || finalSize < stream.Receive.End))
        {
            throw new TransportException(TransportErrorCode.FinalSizeError, $"the final size of stream {stream.Id} changed", (long)frameType);
        }

        if (stream.FinalSize >= 0 && end > stream.FinalSize)
        {
            throw new TransportException(TransportErrorCode.FinalSizeError, $"stream {stream.Id} went on beyond its end", (long)frameType);
        }

        long highest = stream.Receive.End;
        if (end > stream.ReceiveLimit)
        {
            throw new TransportException(TransportErrorCode.FlowControlError, $"more than allowed on stream {stream.Id}", (long)frameType);
        }

        if (end > highest && !Flow.OnReceived(end - highest))
        {
            throw new TransportException(TransportErrorCode.FlowControlError, "more than allowed on all streams", (long)frameType);
        }

        if (finalSize >= 0)
        {
            stream.FinalSize = finalSize;
        }
    }

    private StreamState? Receiving(long id, FrameType frameType)
    {
        bool isLocal = StreamId.IsServerInitiated(id) == _isServer;
        return isLocal && StreamId.IsUnidirectional(id)
            ? throw new TransportException(TransportErrorCode.StreamStateError, $"stream {id} is for sending only", (long)frameType)
            : Find(id, isLocal, frameType);
    }

    private StreamState? Sending(long id, FrameType frameType)
    {
        bool isLocal = StreamId.IsServerInitiated(id) == _isServer;
        return !isLocal && StreamId.IsUnidirectional(id)
            ? throw new TransportException(TransportErrorCode.StreamStateError, $"stream {id} is for receiving only", (long)frameType)
            : Find(id, isLocal, frameType);
    }

    /// <summary>The stream; null where it is over. A new one of the peer's opens all below it too, RFC 9000 §3.2.</summary>
    private StreamState? Find(long id, bool isLocal, FrameType frameType)
    {
        if (_streams.TryGetValue(id, out StreamState? stream))
        {
            return stream;
        }

        StreamLimits limits = LimitsOf(id);
        long index = StreamId.Index(id);
        if (isLocal)
        {
            return index < limits.Opened
                ? null
                : throw new TransportException(TransportErrorCode.StreamStateError, $"stream {id} was never opened", (long)frameType);
        }

        if (index >= limits.Advertised)
        {
            throw new TransportException(TransportErrorCode.StreamLimitError, $"stream {id} is more than allowed", (long)frameType);
        }

        if (index < limits.PeerOpened)
        {
            return null;
        }

        for (; limits.PeerOpened <= index; limits.PeerOpened++)
        {
            stream = Create(StreamId.Of(limits.PeerOpened, !_isServer, StreamId.IsUnidirectional(id)));
            _events.Enqueue(new StreamEvent(StreamEventType.Opened, stream.Id));
        }

        return stream;
    }
}
