using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>The streams of a connection: what the application does with them, and what the peer's frames do to them.</summary>
internal sealed class StreamSet
{
    private readonly Queue<StreamEvent> _events = new();
    private readonly StreamTable _table;
    private readonly StreamSender _sender;
    private readonly GrowthShare _growth;

    /// <param name="isServer">Whose they are.</param>
    /// <param name="options">Our limits.</param>
    /// <param name="path">The path in use, which says how much is of use on its way.</param>
    public StreamSet(bool isServer, StreamOptions options, PathEstimates path)
    {
        _growth = new GrowthShare(options.Growth);
        Flow = new ConnectionFlow(options, _growth);
        Memory = new SendMemory(options, path.Rtt, _growth);
        _table = new StreamTable(isServer, options, _events);
        _sender = new StreamSender(_table, Flow, Memory, path.Rtt, _events);
    }

    /// <summary>The limits over all streams.</summary>
    public ConnectionFlow Flow { get; }

    /// <summary>What is kept of what they send.</summary>
    public SendMemory Memory { get; }

    /// <inheritdoc cref="StreamSender.HasPending"/>
    public bool HasPending => _sender.HasPending;

    public int Count => _table.Count;

    public bool TryTakeEvent(out StreamEvent e) => _events.TryDequeue(out e);

    public void SetPeerParameters(TransportParameters parameters)
    {
        Flow.OnRaised(parameters.InitialMaxData);
        _table.SetPeerParameters(parameters);
    }

    public bool TryOpen(bool bidirectional, out long id) => _table.TryOpen(bidirectional, out id);

    /// <returns>How many bytes were taken; the end only with all of them. -1: the peer wants no more, or the stream is gone.</returns>
    public int Write(long id, ReadOnlySpan<byte> data, bool fin)
    {
        if (_table.Find(id) is not { CanSend: true } stream)
        {
            return -1;
        }

        int taken = stream.Send.Write(data, fin, Memory);
        if (taken >= 0)
        {
            _sender.EnqueueData(stream);
        }

        return taken;
    }

    public StreamReadResult Read(long id, Span<byte> destination)
    {
        if (_table.Find(id) is not { CanReceive: true, Receive.StopCode: null } stream)
        {
            return new StreamReadResult(0, StreamReadStatus.Finished);
        }

        stream.Receive.IsReadableSignaled = false;
        if (stream.Receive.ResetCode is { } errorCode)
        {
            Deliver(stream);
            return new StreamReadResult(0, StreamReadStatus.Reset, errorCode);
        }

        int length = stream.Receive.Buffer.Read(destination);
        if (length > 0)
        {
            OnConsumed(stream, length);
        }

        if (stream.Receive.IsAtEnd)
        {
            Deliver(stream);
            return new StreamReadResult(length, StreamReadStatus.Finished);
        }

        return new StreamReadResult(length, length > 0 ? StreamReadStatus.Data : StreamReadStatus.WouldBlock);
    }

    public void Reset(long id, long errorCode)
    {
        if (_table.Find(id) is { } stream)
        {
            Reset(stream, errorCode);
        }
    }

    public void StopSending(long id, long errorCode)
    {
        if (_table.Find(id) is not { CanReceive: true, Receive: { StopCode: null, IsDelivered: false } } stream)
        {
            return;
        }

        stream.Receive.StopCode = errorCode;
        Flow.OnConsumed(stream.Receive.Discard(end: 0));

        // Once the peer has said the last of it there is nothing left to stop.
        if (stream.Receive.FinalSize is null)
        {
            stream.Control.IsStopSendingDue = true;
            _sender.EnqueueControl(stream);
        }

        Deliver(stream);
    }

    /// <summary>How many bytes are kept of what was written to a stream, because the peer may not have them.</summary>
    public long Undelivered(long id) => _table.Find(id) is { CanSend: true, Send.ResetCode: null } stream ? stream.Send.Buffer.Buffered : 0;

    /// <summary>Whether all that the peer sends on a stream is here, and not all of it read.</summary>
    public bool HasAll(long id) => _table.Find(id) is { HasAllToRead: true };

    /// <inheritdoc cref="StreamTable.KeepComplete"/>
    public void KeepComplete()
    {
        _table.KeepComplete();
        _sender.Clear();
        _growth.GiveAllBack();
    }

    /// <inheritdoc cref="StreamTable.Clear"/>
    public void Clear()
    {
        _table.Clear();
        _sender.Clear();
        _growth.GiveAllBack();
    }

    /// <inheritdoc cref="StreamSender.WriteFrames"/>
    public void WriteFrames(ref SpanWriter writer, SentPacket packet, long now) => _sender.WriteFrames(ref writer, packet, now);

    public void OnAcknowledged(in SentFrame frame) => _sender.OnAcknowledged(frame);

    public void OnLost(in SentFrame frame) => _sender.OnLost(frame);

    public void OnStream(in Frame frame)
    {
        if (_table.Receiving(frame.StreamId, FrameType.Stream) is not { } stream)
        {
            return;
        }

        long end = frame.Offset + frame.Data.Length;
        ref ReceiveHalf receive = ref stream.Receive;
        receive.OnReceived(stream.Id, end, frame.Fin ? end : null, FrameType.Stream, Flow);
        if (receive.IsDiscarding)
        {
            // Nobody reads it any more, but it counts: once, also where a reset told the final size before it, RFC 9000 §4.5.
            Flow.OnConsumed(receive.Discard(end));
            _table.RemoveIfDone(stream);
            return;
        }

        long before = receive.Buffer.Available;
        receive.Buffer.Write(frame.Offset, frame.Data, receive.Window.Size);
        if (receive.Buffer.Available > before || receive.HasAll)
        {
            SignalReadable(stream);
        }
    }

    public void OnResetStream(in Frame frame)
    {
        if (_table.Receiving(frame.StreamId, FrameType.ResetStream) is not { } stream)
        {
            return;
        }

        // Who has everything, the end too, needs no reset any more, RFC 9000 §3.2.
        ref ReceiveHalf receive = ref stream.Receive;
        bool hasAll = receive.HasAll;
        receive.OnReceived(stream.Id, frame.FinalSize, frame.FinalSize, FrameType.ResetStream, Flow);
        if (receive.ResetCode is not null || hasAll)
        {
            _table.RemoveIfDone(stream);
            return;
        }

        receive.ResetCode = frame.ErrorCode;

        // What was not read is dropped, and what will not come counts as read.
        Flow.OnConsumed(receive.Discard(frame.FinalSize));
        if (receive.IsDelivered)
        {
            _table.RemoveIfDone(stream);
            return;
        }

        SignalReadable(stream);
    }

    public void OnStopSending(in Frame frame)
    {
        if (_table.Sending(frame.StreamId, FrameType.StopSending) is { } stream && stream.Send.TryStop())
        {
            Reset(stream, frame.ErrorCode);
            _events.Enqueue(new StreamEvent(StreamEventType.SendStopped, stream.Id, frame.ErrorCode));
        }
    }

    public void OnMaxStreamData(in Frame frame)
    {
        if (_table.Sending(frame.StreamId, FrameType.MaxStreamData) is { } stream && frame.Maximum > stream.Send.Limit)
        {
            stream.Send.Limit = frame.Maximum;
            _sender.EnqueueData(stream);
        }
    }

    /// <summary>It opens a stream that is new; the limit itself is raised as soon as there is room.</summary>
    public void OnStreamDataBlocked(in Frame frame) => _table.Receiving(frame.StreamId, FrameType.StreamDataBlocked);

    public void OnMaxStreams(bool bidirectional, long maximum) =>
        (bidirectional ? _table.Bidirectional : _table.Unidirectional).OnRaised(maximum);

    private void Reset(StreamState stream, long errorCode)
    {
        if (stream.CanSend && stream.Send.TryReset(errorCode, Memory))
        {
            stream.Control.IsResetDue = true;
            _sender.EnqueueControl(stream);
        }
    }

    private void Deliver(StreamState stream)
    {
        stream.Receive.IsDelivered = true;
        _table.RemoveIfDone(stream);
    }

    private void OnConsumed(StreamState stream, long length)
    {
        Flow.OnRead(length);
        if (stream.Receive.IsLimitDue)
        {
            stream.Control.IsLimitDue = true;
            _sender.EnqueueControl(stream);
        }
    }

    private void SignalReadable(StreamState stream)
    {
        if (!stream.Receive.IsReadableSignaled)
        {
            stream.Receive.IsReadableSignaled = true;
            _events.Enqueue(new StreamEvent(StreamEventType.Readable, stream.Id));
        }
    }
}
