using System.Text;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The end of a connection, RFC 9000 §10: why it ends, how long that takes, and what is still said.</summary>
internal sealed class CloseState
{
    private const int MaxReasonLength = 256;

    private long _frameType;
    private long _received;
    private bool _isDue;

    // The datagram that says why, all that is needed once the connection is closed.
    private byte[] _datagram = [];

    /// <summary>Null while the connection is open.</summary>
    public ConnectionState? State { get; private set; }

    public CloseReason? Reason { get; private set; }

    /// <summary>When nothing is left to wait for.</summary>
    public long Deadline { get; private set; } = Instant.Never;

    public bool HasBegun => State is not null;

    /// <summary>We close the connection.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="frameType">The frame that broke a rule; 0 where none did.</param>
    /// <param name="deadline">How long what still comes is answered.</param>
    public void BeginClosing(CloseReason reason, long frameType, long deadline)
    {
        State = ConnectionState.Closing;
        Reason = reason;
        Deadline = deadline;
        _frameType = frameType;
        _isDue = true;
    }

    /// <summary>The peer has closed the connection, which nobody answers.</summary>
    public void BeginDraining(in Frame frame, long deadline)
    {
        string words = Encoding.UTF8.GetString(frame.Reason[..Math.Min(frame.Reason.Length, MaxReasonLength)]);
        State = ConnectionState.Draining;
        Reason = new CloseReason(CloseOrigin.Peer, frame.ErrorCode, frame.Type == FrameType.ApplicationClose, words);
        Deadline = deadline;
    }

    /// <summary>The connection ends without another word.</summary>
    public void End(CloseOrigin origin, string words)
    {
        State = ConnectionState.Closed;
        Reason = new CloseReason(origin, 0, IsApplication: false, words);
    }

    /// <summary>Keeps what tells the peer. The same packets may go out again and again, §10.2.1: neither keys nor numbers are needed for it.</summary>
    public void Keep(ReadOnlySpan<byte> datagram) => _datagram = datagram.ToArray();

    /// <summary>What still comes is answered with the reason again, less and less often, §10.2.1.</summary>
    public void OnReceived()
    {
        _received++;
        _isDue |= (_received & (_received - 1)) == 0;
    }

    /// <summary>Copies what tells the peer, where that is due. It is empty where the path may carry nothing.</summary>
    public bool TrySend(Span<byte> buffer, out int length)
    {
        if (!_isDue)
        {
            length = 0;
            return false;
        }

        _isDue = false;
        _datagram.CopyTo(buffer);
        length = _datagram.Length;
        return true;
    }

    /// <summary>The waiting is over.</summary>
    public void Forget()
    {
        State = ConnectionState.Closed;
        _datagram = [];
    }

    /// <summary>Says the reason, at every level that the peer may be able to read, §10.2.3.</summary>
    public void WriteFrame(ref SpanWriter writer, PacketNumberSpace space)
    {
        CloseReason reason = Reason!;
        Span<byte> bytes = stackalloc byte[MaxReasonLength];
        Encoding.UTF8.TryGetBytes(reason.Reason.AsSpan(0, Math.Min(reason.Reason.Length, MaxReasonLength / 3)), bytes, out int length);
        if (!reason.IsApplication)
        {
            FrameWriter.TryWriteConnectionClose(ref writer, (TransportErrorCode)reason.ErrorCode, _frameType, bytes[..length]);
        }
        else if (space == PacketNumberSpace.Application)
        {
            FrameWriter.TryWriteApplicationClose(ref writer, reason.ErrorCode, bytes[..length]);
        }
        else
        {
            // An application's reason is for nobody's eyes before the handshake is done.
            FrameWriter.TryWriteConnectionClose(ref writer, TransportErrorCode.ApplicationError, 0, []);
        }
    }
}
