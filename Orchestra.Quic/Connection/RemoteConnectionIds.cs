using System.Security.Cryptography;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The ids that we address the peer by, RFC 9000 §5.1.</summary>
internal sealed class RemoteConnectionIds(ConnectionId initial)
{
    /// <summary>How many we hold: our active_connection_id_limit.</summary>
    public const int Limit = 4;

    // A peer that makes us retire faster than it lets us say so is flooding us (CVE-2024-22189).
    private const int MaxRetiring = 3 * Limit;

    private readonly List<Entry> _active = [new Entry(0, initial, null)];
    private readonly List<(long Sequence, bool IsDue)> _retiring = [];

    // Ids are used in the order of their numbers: one below the present that is not there is retired, by us or by the peer.
    private long _usedBelow;

    public ConnectionId Current => _active[0].Id;

    public bool HasDue { get; private set; }

    /// <summary>During the handshake the peer chooses its own first id.</summary>
    public void ReplaceInitial(in ConnectionId id) => _active[0] = new Entry(0, id, null);

    /// <summary>The token of the first id, which a server sends in its transport parameters.</summary>
    public void SetInitialToken(byte[]? token) => _active[0] = _active[0] with { ResetToken = token };

    /// <summary>Takes a NEW_CONNECTION_ID frame.</summary>
    public void Add(in Frame frame)
    {
        if (Current.Length == 0)
        {
            throw Violation("a peer without connection ids issued one");
        }

        foreach (Entry entry in _active)
        {
            bool sameId = entry.Id.Equals(frame.ConnectionId);
            if (sameId != (entry.Sequence == frame.SequenceNumber))
            {
                throw Violation("a connection id was issued twice, and differently");
            }

            if (sameId)
            {
                if (entry.ResetToken is { } token && !frame.StatelessResetToken.SequenceEqual(token))
                {
                    throw Violation("a connection id was issued twice, with different reset tokens");
                }

                return;
            }
        }

        if (frame.SequenceNumber < _usedBelow)
        {
            Retire(frame.SequenceNumber);
            return;
        }

        _active.Add(new Entry(frame.SequenceNumber, frame.ConnectionId, frame.StatelessResetToken.ToArray()));
        RetireBelow(frame.RetirePriorTo);
        if (_active.Count > Limit)
        {
            throw new TransportException(
                TransportErrorCode.ConnectionIdLimitError, "more connection ids than the limit", (long)FrameType.NewConnectionId);
        }
    }

    /// <summary>Uses another id, if there is one: on a new path the old one would tie both together.</summary>
    public void Change()
    {
        if (_active.Count > 1)
        {
            long sequence = _active[0].Sequence;
            _active.RemoveAt(0);
            UseLowest();
            Retire(sequence);
        }
    }

    /// <summary>
    /// Whether the end of a packet that could not be read is the reset token of the id in use. Those of other ids must not be looked at,
    /// RFC 9000 §10.3.1.
    /// </summary>
    public bool IsReset(ReadOnlySpan<byte> packet) =>
        packet.Length >= StatelessReset.MinLength && _active[0].ResetToken is { } token
        && CryptographicOperations.FixedTimeEquals(packet[^StatelessReset.TokenLength..], token);

    /// <summary>Writes the RETIRE_CONNECTION_ID frames that are due, as many as fit.</summary>
    public void WriteFrames(ref SpanWriter writer, SentPacket packet)
    {
        for (int i = 0; i < _retiring.Count; i++)
        {
            (long sequence, bool isDue) = _retiring[i];
            if (!isDue)
            {
                continue;
            }

            if (!FrameWriter.TryWriteRetireConnectionId(ref writer, sequence))
            {
                return;
            }

            _retiring[i] = (sequence, false);
            packet.Add(new SentFrame(FrameType.RetireConnectionId, sequence));
        }

        HasDue = false;
    }

    public void OnAcknowledged(long sequence) => _retiring.RemoveAll(entry => entry.Sequence == sequence);

    public void OnLost(long sequence)
    {
        for (int i = 0; i < _retiring.Count; i++)
        {
            if (_retiring[i].Sequence == sequence)
            {
                _retiring[i] = (sequence, true);
                HasDue = true;
            }
        }
    }

    private void RetireBelow(long retirePriorTo)
    {
        for (int i = _active.Count - 1; i >= 0; i--)
        {
            if (_active[i].Sequence < retirePriorTo)
            {
                Retire(_active[i].Sequence);
                _active.RemoveAt(i);
            }
        }

        UseLowest();
    }

    private void UseLowest()
    {
        _active.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        _usedBelow = _active[0].Sequence;
    }

    private void Retire(long sequence)
    {
        foreach ((long retiring, _) in _retiring)
        {
            if (retiring == sequence)
            {
                return;
            }
        }

        if (_retiring.Count >= MaxRetiring)
        {
            throw new TransportException(
                TransportErrorCode.ConnectionIdLimitError, "too many connection ids wait to be retired", (long)FrameType.NewConnectionId);
        }

        _retiring.Add((sequence, true));
        HasDue = true;
    }

    private static TransportException Violation(string reason) =>
        new(TransportErrorCode.ProtocolViolation, reason, (long)FrameType.NewConnectionId);

    private readonly record struct Entry(long Sequence, ConnectionId Id, byte[]? ResetToken);
}
