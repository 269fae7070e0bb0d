using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>Which streams there are, and who may open more, RFC 9000 §2.1, §3.2 and §4.6.</summary>
internal sealed class StreamTable(bool isServer, StreamOptions options, Queue<StreamEvent> events)
{
    private readonly Dictionary<long, StreamState> _streams = [];

    private long _peerWindowBidiLocal;
    private long _peerWindowBidiRemote;
    private long _peerWindowUni;
    private bool _isOver;

    public StreamLimits Bidirectional { get; } = new(options.MaxBidirectional, isBidirectional: true);

    public StreamLimits Unidirectional { get; } = new(options.MaxUnidirectional, isBidirectional: false);

    public int Count => _streams.Count;

    public Dictionary<long, StreamState>.ValueCollection All => _streams.Values;

    public void SetPeerParameters(TransportParameters parameters)
    {
        _peerWindowBidiLocal = parameters.InitialMaxStreamDataBidiLocal;
        _peerWindowBidiRemote = parameters.InitialMaxStreamDataBidiRemote;
        _peerWindowUni = parameters.InitialMaxStreamDataUni;
        Bidirectional.PeerMaximum = parameters.InitialMaxStreamsBidi;
        Unidirectional.PeerMaximum = parameters.InitialMaxStreamsUni;
    }

    public bool TryOpen(bool bidirectional, out long id)
    {
        StreamLimits limits = bidirectional ? Bidirectional : Unidirectional;
        if (!limits.TryOpen(out long index))
        {
            id = -1;
            return false;
        }

        id = StreamId.Of(index, isServer, !bidirectional);
        Create(id);
        return true;
    }

    /// <summary>A stream by its id; null where it is over, or never was.</summary>
    public StreamState? Find(long id) => _streams.GetValueOrDefault(id);

    /// <summary>The stream of a frame that concerns what we receive; null where it is over.</summary>
    /// <exception cref="TransportException">There can be no such stream.</exception>
    public StreamState? Receiving(long id, FrameType frameType) =>
        IsOurs(id) && StreamId.IsUnidirectional(id)
            ? throw new TransportException(TransportErrorCode.StreamStateError, $"stream {id} is for sending only", (long)frameType)
            : FindOrCreate(id, frameType);

    /// <summary>The stream of a frame that concerns what we send; null where it is over.</summary>
    /// <exception cref="TransportException">There can be no such stream.</exception>
    public StreamState? Sending(long id, FrameType frameType) =>
        !IsOurs(id) && StreamId.IsUnidirectional(id)
            ? throw new TransportException(TransportErrorCode.StreamStateError, $"stream {id} is for receiving only", (long)frameType)
            : FindOrCreate(id, frameType);

    /// <summary>Forgets a stream of which neither side waits for anything any more.</summary>
    public void RemoveIfDone(StreamState stream)
    {
        // At the end of the connection nobody waits for anything of a stream that was read, or is not to be.
        bool isDone = stream.IsDone || (_isOver && stream.Receive.IsDelivered);
        if (!isDone || !_streams.Remove(stream.Id))
        {
            return;
        }

        stream.Release();
        if (!IsOurs(stream.Id))
        {
            LimitsOf(stream.Id).OnPeerStreamClosed();
        }

        // Of the end of the connection all streams learn at once.
        if (!_isOver)
        {
            events.Enqueue(new StreamEvent(StreamEventType.Closed, stream.Id));
        }
    }

    /// <summary>The peer has closed the connection: only what it had said to the end is of use still.</summary>
    public void KeepComplete()
    {
        _isOver = true;
        foreach (StreamState stream in _streams.Values)
        {
            stream.Send.Buffer.Clear();
            if (!stream.HasAllToRead)
            {
                stream.Receive.Buffer.Discard();
                _streams.Remove(stream.Id);
            }
        }
    }

    /// <summary>Gives all memory back: the connection is over.</summary>
    public void Clear()
    {
        _isOver = true;
        foreach (StreamState stream in _streams.Values)
        {
            stream.Release();
        }

        _streams.Clear();
    }

    private bool IsOurs(long id) => StreamId.IsServerInitiated(id) == isServer;

    private StreamLimits LimitsOf(long id) => StreamId.IsUnidirectional(id) ? Unidirectional : Bidirectional;

    /// <summary>A new stream of the peer's opens all below it too, RFC 9000 §3.2.</summary>
    private StreamState? FindOrCreate(long id, FrameType frameType)
    {
        if (_streams.TryGetValue(id, out StreamState? stream))
        {
            return stream;
        }

        StreamLimits limits = LimitsOf(id);
        long index = StreamId.Index(id);
        if (IsOurs(id))
        {
            return index < limits.Opened
                ? null
                : throw new TransportException(TransportErrorCode.StreamStateError, $"stream {id} was never opened", (long)frameType);
        }

        if (index >= limits.Advertised)
        {
            throw new TransportException(TransportErrorCode.StreamLimitError, $"stream {id} is more than allowed", (long)frameType);
        }

        // One below was opened before, and is over.
        for (; limits.PeerOpened <= index; limits.PeerOpened++)
        {
            stream = Create(StreamId.Of(limits.PeerOpened, !isServer, StreamId.IsUnidirectional(id)));
            events.Enqueue(new StreamEvent(StreamEventType.Opened, stream.Id));
        }

        return stream;
    }

    private StreamState Create(long id)
    {
        bool isOurs = IsOurs(id);
        bool isUnidirectional = StreamId.IsUnidirectional(id);
        var stream = new StreamState(id, canSend: isOurs || !isUnidirectional, canReceive: !isOurs || !isUnidirectional);
        stream.Receive.Open(options.Window);
        stream.Send.Limit = isUnidirectional ? _peerWindowUni : isOurs ? _peerWindowBidiRemote : _peerWindowBidiLocal;
        _streams.Add(id, stream);
        return stream;
    }
}
