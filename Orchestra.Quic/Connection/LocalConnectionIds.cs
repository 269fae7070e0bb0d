using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The ids that the peer addresses us by, RFC 9000 §5.1.</summary>
internal sealed class LocalConnectionIds
{
    /// <summary>How long ours are. Short header packets do not say, so all are.</summary>
    public const int Length = 8;

    private const int MaxActive = 4;

    private readonly List<(long Sequence, ConnectionId Id, bool IsDue)> _active = [];
    private readonly Queue<RouteChange> _changes;
    private readonly byte[] _resetKey;
    private long _nextSequence;
    private long _highestSent;
    private int _wanted = 1;

    public LocalConnectionIds(byte[] resetKey, Queue<RouteChange> changes)
    {
        _resetKey = resetKey;
        _changes = changes;
        Issue(isDue: false);
    }

    /// <summary>The first one, which the handshake uses.</summary>
    public ConnectionId Initial => _active[0].Id;

    public bool HasDue { get; private set; }

    public IEnumerable<ConnectionId> All
    {
        get
        {
            foreach ((_, ConnectionId id, _) in _active)
            {
                yield return id;
            }
        }
    }

    /// <summary>Once the peer can take them, gives it as many as it wants to hold.</summary>
    public void Start(long peerLimit)
    {
        _wanted = (int)Math.Min(peerLimit, MaxActive);
        while (_active.Count < _wanted)
        {
            Issue(isDue: true);
        }
    }

    public bool Contains(in ConnectionId id)
    {
        foreach ((_, ConnectionId active, _) in _active)
        {
            if (active.Equals(id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a RETIRE_CONNECTION_ID frame.</summary>
    public void Retire(long sequence, in ConnectionId usedByPacket)
    {
        if (sequence > _highestSent)
        {
            throw new TransportException(
                TransportErrorCode.ProtocolViolation, "a connection id that was never issued was retired", (long)FrameType.RetireConnectionId);
        }

        for (int i = 0; i < _active.Count; i++)
        {
            if (_active[i].Sequence != sequence)
            {
                continue;
            }

            if (_active[i].Id.Equals(usedByPacket))
            {
                throw new TransportException(
                    TransportErrorCode.ProtocolViolation, "a packet retired its own connection id", (long)FrameType.RetireConnectionId);
            }

            _changes.Enqueue(new RouteChange(_active[i].Id, IsAdded: false));
            _active.RemoveAt(i);
            Issue(isDue: true);
            return;
        }
    }

    /// <summary>Writes the NEW_CONNECTION_ID frames that are due, as many as fit.</summary>
    public void WriteFrames(ref SpanWriter writer, SentPacket packet)
    {
        Span<byte> token = stackalloc byte[StatelessReset.TokenLength];
        for (int i = 0; i < _active.Count; i++)
        {
            (long sequence, ConnectionId id, bool isDue) = _active[i];
            if (!isDue)
            {
                continue;
            }

            StatelessReset.ComputeToken(_resetKey, id, token);
            if (!FrameWriter.TryWriteNewConnectionId(ref writer, sequence, 0, id, token))
            {
                return;
            }

            _active[i] = (sequence, id, false);
            _highestSent = Math.Max(_highestSent, sequence);
            packet.Add(new SentFrame(FrameType.NewConnectionId, sequence));
        }

        HasDue = false;
    }

    public void OnLost(long sequence)
    {
        for (int i = 0; i < _active.Count; i++)
        {
            if (_active[i].Sequence == sequence)
            {
                _active[i] = (sequence, _active[i].Id, true);
                HasDue = true;
            }
        }
    }

    private void Issue(bool isDue)
    {
        ConnectionId id = ConnectionId.Random(Length);
        _active.Add((_nextSequence++, id, isDue));
        HasDue |= isDue;
        _changes.Enqueue(new RouteChange(id, IsAdded: true));
    }
}
