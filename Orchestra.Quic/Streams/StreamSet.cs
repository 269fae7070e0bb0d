using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>The streams of a connection: who may open them, what they may carry, and whose turn it is.</summary>
internal sealed partial class StreamSet
{
    private readonly Dictionary<long, StreamState> _streams = [];
    private readonly Queue<StreamState> _sendQueue = new();
    private readonly List<StreamState> _controlDue = [];
    private readonly Queue<StreamEvent> _events = new();
    private readonly bool _isServer;
    private readonly long _streamWindow;
    private readonly int _sendCapacity;
    private readonly StreamLimits _bidirectional;
    private readonly StreamLimits _unidirectional;

    private long _peerStreamDataBidiLocal;
    private long _peerStreamDataBidiRemote;
    private long _peerStreamDataUni;
    private bool _isOver;

    public StreamSet(bool isServer, StreamOptions options)
    {
        _isServer = isServer;
        _streamWindow = options.Window;
        _sendCapacity = options.SendBufferSize;
        _bidirectional = new StreamLimits(options.MaxBidirectional);
        _unidirectional = new StreamLimits(options.MaxUnidirectional);
        Flow = new ConnectionFlow(options.ConnectionWindow);
    }

    /// <summary>The limits over all streams.</summary>
    public ConnectionFlow Flow { get; }

    public int Count => _streams.Count;

    public bool TryTakeEvent(out StreamEvent e) => _events.TryDequeue(out e);

    public void SetPeerParameters(TransportParameters parameters)
    {
        Flow.SendLimit = parameters.InitialMaxData;
        _peerStreamDataBidiLocal = parameters.InitialMaxStreamDataBidiLocal;
        _peerStreamDataBidiRemote = parameters.InitialMaxStreamDataBidiRemote;
        _peerStreamDataUni = parameters.InitialMaxStreamDataUni;
        _bidirectional.PeerMaximum = parameters.InitialMaxStreamsBidi;
        _unidirectional.PeerMaximum = parameters.InitialMaxStreamsUni;
    }

    public bool TryOpen(bool bidirectional, out long id)
    {
        StreamLimits limits = bidirectional ? _bidirectional : _unidirectional;
        id = -1;
        if (limits.Opened >= limits.PeerMaximum)
        {
            limits.OnBlocked();
            return false;
        }

        id = StreamId.Of(limits.Opened++, _isServer, !bidirectional);
        Create(id);
        return true;
    }

    /// <returns>How many bytes were taken; the end only with all of them. -1: the peer wants no more, or the stream is gone.</returns>
    public int Write(long id, ReadOnlySpan<byte> data, bool fin)
    {
        if (!_streams.TryGetValue(id, out StreamState? stream) || !stream.CanSend || stream.ResetCode is not null || stream.Send.HasFin)
        {
            return -1;
        }

        int taken = (int)Math.Min(data.Length, Math.Max(0, _sendCapacity - stream.Send.Buffered));
        stream.Send.Write(data[..taken]);
        if (taken < data.Length)
        {
            stream.WantsToWrite = true;
        }
        else if (fin)
        {
            stream.Send.Finish();
        }

        Enqueue(stream);
        return taken;
    }

    public StreamReadResult Read(long id, Span<byte> destination)
    {
        if (!_streams.TryGetValue(id, out StreamState? stream) || !stream.CanReceive || stream.StopSendingCode is not null)
        {
            return new StreamReadResult(0, StreamReadStatus.Finished);
        }

        stream.IsReadableSignaled = false;
        if (stream.PeerResetCode is { } errorCode)
        {
            Deliver(stream);
            return new StreamReadResult(0, StreamReadStatus.Reset, errorCode);
        }

        int length = stream.Receive.Read(destination);
        if (length > 0)
        {
            OnConsumed(stream, length);
        }

        if (stream.Receive.Start == stream.FinalSize)
        {
            Deliver(stream);
            return new StreamReadResult(length, StreamReadStatus.Finished);
        }

        return new StreamReadResult(length, length > 0 ? StreamReadStatus.Data : StreamReadStatus.WouldBlock);
    }

    public void Reset(long id, long errorCode)
    {
        if (_streams.TryGetValue(id, out StreamState? stream))
        {
            Reset(stream, errorCode);
        }
    }

    public void StopSending(long id, long errorCode)
    {
        if (!_streams.TryGetValue(id, out StreamState? stream) || !stream.CanReceive || stream.StopSendingCode is not null || stream.IsReceiveDelivered)
        {
            return;
        }

        stream.StopSendingCode = errorCode;
        DiscardReceived(stream, end: 0);

        // Once the peer has said the last of it there is nothing left to stop.
        if (stream.FinalSize < 0)
        {
            stream.StopSendingDue = true;
            DueControl(stream);
        }

        Deliver(stream);
    }

    /// <summary>Whether all that the peer sends on a stream is here, and not all of it read.</summary>
    public bool HasAll(long id) => _streams.TryGetValue(id, out StreamState? stream) && HasAll(stream);

    /// <summary>The peer has closed the connection: only what it had said to the end is of use still.</summary>
    public void KeepComplete()
    {
        _isOver = true;
        foreach (StreamState stream in _streams.Values)
        {
            stream.Send.Clear();
            if (!HasAll(stream))
            {
                stream.Receive.Discard();
                _streams.Remove(stream.Id);
            }
        }

        _sendQueue.Clear();
        _controlDue.Clear();
    }

    /// <summary>Gives all memory back: the connection is over.</summary>
    public void Clear()
    {
        _isOver = true;
        foreach (StreamState stream in _streams.Values)
        {
            stream.Send.Clear();
            stream.Receive.Discard();
        }

        _streams.Clear();
        _sendQueue.Clear();
        _controlDue.Clear();
    }

    private static bool HasAll(StreamState stream) =>
        stream.CanReceive && !stream.IsReceiveDelivered && stream.PeerResetCode is null
        && stream.FinalSize >= 0 && stream.Receive.Start + stream.Receive.Available == stream.FinalSize;

    private StreamState Create(long id)
    {
        bool isLocal = StreamId.IsServerInitiated(id) == _isServer;
        bool isUnidirectional = StreamId.IsUnidirectional(id);
        var stream = new StreamState(id, canSend: isLocal || !isUnidirectional, canReceive: !isLocal || !isUnidirectional)
        {
            ReceiveLimit = _streamWindow,
            SendLimit = isUnidirectional ? _peerStreamDataUni : isLocal ? _peerStreamDataBidiRemote : _peerStreamDataBidiLocal,
        };
        _streams.Add(id, stream);
        return stream;
    }

    private StreamLimits LimitsOf(long id) => StreamId.IsUnidirectional(id) ? _unidirectional : _bidirectional;

    private void Reset(StreamState stream, long errorCode)
    {
        if (!stream.CanSend || stream.ResetCode is not null || stream.Send.IsComplete)
        {
            return;
        }

        stream.ResetCode = errorCode;
        stream.ResetDue = true;
        stream.Send.Clear();
        DueControl(stream);
    }

    private void Deliver(StreamState stream)
    {
        stream.IsReceiveDelivered = true;
        RemoveIfDone(stream);
    }

    private void OnConsumed(StreamState stream, long length)
    {
        Flow.OnConsumed(length);
        if (stream.FinalSize < 0 && stream.Receive.Start + _streamWindow - stream.ReceiveLimit >= _streamWindow / 2)
        {
            stream.ReceiveLimitDue = true;
            DueControl(stream);
        }
    }

    private void DiscardReceived(StreamState stream, long end)
    {
        long before = stream.Receive.Start;
        stream.Receive.Discard(end);
        Flow.OnConsumed(stream.Receive.Start - before);
    }

    private void SignalReadable(StreamState stream)
    {
        if (!stream.IsReadableSignaled)
        {
            stream.IsReadableSignaled = true;
            _events.Enqueue(new StreamEvent(StreamEventType.Readable, stream.Id));
        }
    }

    private void Enqueue(StreamState stream)
    {
        if (!stream.IsQueued && stream.HasPendingData)
        {
            stream.IsQueued = true;
            _sendQueue.Enqueue(stream);
        }
        else if (stream.IsBlocked && stream.BlockedAt != stream.SendLimit)
        {
            // Once for each limit, RFC 9000 §4.1.
            stream.BlockedAt = stream.SendLimit;
            stream.BlockedDue = true;
            DueControl(stream);
        }
    }

    private void DueControl(StreamState stream)
    {
        if (!stream.HasControlDue)
        {
            stream.HasControlDue = true;
            _controlDue.Add(stream);
        }
    }

    private void RemoveIfDone(StreamState stream)
    {
        if (!stream.IsSendDone || !stream.IsReceiveDone || !_streams.Remove(stream.Id))
        {
            return;
        }

        stream.Send.Clear();
        stream.Receive.Discard();
        if (StreamId.IsServerInitiated(stream.Id) != _isServer)
        {
            LimitsOf(stream.Id).OnPeerStreamClosed();
        }

        // Of the end of the connection all streams learn at once.
        if (!_isOver)
        {
            _events.Enqueue(new StreamEvent(StreamEventType.Closed, stream.Id));
        }
    }
}
