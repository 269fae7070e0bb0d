using System.Text;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>The end of a connection, RFC 9000 §10.</summary>
internal sealed partial class ConnectionCore
{
    private const int MaxReasonLength = 256;

    private long _closeDeadline;
    private bool _closeDue;
    private long _receivedWhileClosing;
    private long _closeFrameType;

    // The datagram that says why, all that is needed once the connection is closed.
    private byte[] _closeDatagram = [];

    /// <summary>Ends the connection with an application's error code. What is not sent yet is dropped.</summary>
    public void Close(long errorCode, string reason, long now) =>
        BeginClosing(new CloseReason(CloseOrigin.Local, errorCode, IsApplication: true, reason), frameType: 0, now);

    /// <summary>Ends the connection for a fault of our own.</summary>
    public void CloseForFault(long now) => BeginClosing(
        new CloseReason(CloseOrigin.Fault, (long)TransportErrorCode.InternalError, IsApplication: false, ""), frameType: 0, now);

    private void Fail(TransportException exception, long now) => BeginClosing(
        new CloseReason(CloseOrigin.Local, (long)exception.Code, IsApplication: false, exception.Message), exception.FrameType, now);

    private void Fail(TlsAlertException exception, long now) => BeginClosing(
        new CloseReason(CloseOrigin.Local, exception.TransportError, IsApplication: false, exception.Message),
        (long)FrameType.Crypto,
        now);

    private void BeginClosing(CloseReason reason, long frameType, long now)
    {
        if (State is not (ConnectionState.Handshaking or ConnectionState.Connected))
        {
            return;
        }

        _closeFrameType = frameType;
        _closeDue = true;
        _closeDeadline = CloseDeadline(now);
        Enter(ConnectionState.Closing, reason);
        _closeDatagram = WriteCloseDatagram(now);
        Release();
    }

    /// <summary>Three probe timeouts, RFC 9000 §10.2; a handshake takes no longer by failing.</summary>
    private long CloseDeadline(long now)
    {
        long deadline = now + (3 * _recovery.ProbeTimeout);
        return _recovery.IsHandshakeConfirmed ? deadline : Math.Min(deadline, Math.Max(now, _startTime + _options.HandshakeTimeout));
    }

    private byte[] WriteCloseDatagram(long now)
    {
        Span<byte> datagram = stackalloc byte[BaseDatagramSize];
        int room = (int)Math.Clamp(_path.Room, 0, BaseDatagramSize);
        return datagram[..SendPackets(datagram[..room], now)].ToArray();
    }

    /// <summary>The same packet may go out again and again, RFC 9000 §10.2.1: neither keys nor numbers are needed for it.</summary>
    private int SendClose(Span<byte> buffer)
    {
        if (!_closeDue)
        {
            return 0;
        }

        _closeDue = false;
        RemoteAddress = _path.Address;
        int length = _closeDatagram.Length;
        _closeDatagram.CopyTo(buffer);
        if (!_path.IsValidated)
        {
            // To whom may never have asked for it nothing is said twice, RFC 9000 §10.2.1.
            Forget();
        }

        return length;
    }

    private void OnPeerClose(in Frame frame, long now)
    {
        string reason = Encoding.UTF8.GetString(frame.Reason[..Math.Min(frame.Reason.Length, MaxReasonLength)]);
        _closeDeadline = CloseDeadline(now);
        Enter(
            ConnectionState.Draining,
            new CloseReason(CloseOrigin.Peer, frame.ErrorCode, frame.Type == FrameType.ApplicationClose, reason));
    }

    /// <summary>Ends the connection without another word.</summary>
    private void End(CloseReason reason)
    {
        Enter(ConnectionState.Closed, reason);
        Forget();
    }

    private void Enter(ConnectionState state, CloseReason reason)
    {
        State = state;
        CloseReason = reason;
        DropPackets();
        if (reason.Origin == CloseOrigin.Peer)
        {
            _streams.KeepComplete();
        }
        else
        {
            _streams.Clear();
        }

        _events.Enqueue(new ConnectionEvent(ConnectionEventType.Closed));
    }

    /// <summary>Gives back what only an open connection needs: all but the streams that can still be read.</summary>
    private void Release()
    {
        DropPackets();
        _tls.Dispose();
        for (int space = 0; space < Spaces; space++)
        {
            DiscardKeys(space);
        }

        _applicationKeys?.Dispose();
        _applicationKeys = null;
        _token = [];
    }

    /// <summary>What was sent needs no answer, and what came early or in pieces no rest.</summary>
    private void DropPackets()
    {
        _early = null;
        _recovery.DiscardAll();
        foreach (CryptoStream crypto in _crypto)
        {
            crypto.Clear();
        }
    }

    /// <summary>The peer has closed the connection, which nobody answers.</summary>
    private void Drain()
    {
        Release();
        if (!_path.IsValidated)
        {
            Forget();
        }
    }

    /// <summary>The waiting is over: the ids can go.</summary>
    private void Forget()
    {
        State = ConnectionState.Closed;
        _closeDatagram = [];
        foreach (ConnectionId id in _localIds.All)
        {
            _events.Enqueue(new ConnectionEvent(ConnectionEventType.ConnectionIdRemoved, ConnectionId: id));
        }
    }

    /// <summary>What still comes is answered with the reason again, less and less often, RFC 9000 §10.2.1.</summary>
    private void OnReceivedWhileClosing()
    {
        _receivedWhileClosing++;
        _closeDue |= (_receivedWhileClosing & (_receivedWhileClosing - 1)) == 0;
    }

    /// <summary>Says the reason at every level that the peer may be able to read, RFC 9000 §10.2.3.</summary>
    private bool TryWriteClose(ref SpanWriter writer, int space)
    {
        CloseReason reason = CloseReason!;
        Span<byte> bytes = stackalloc byte[MaxReasonLength];
        Encoding.UTF8.TryGetBytes(reason.Reason.AsSpan(0, Math.Min(reason.Reason.Length, MaxReasonLength / 3)), bytes, out int length);
        if (!reason.IsApplication)
        {
            return FrameWriter.TryWriteConnectionClose(ref writer, (TransportErrorCode)reason.ErrorCode, _closeFrameType, bytes[..length]);
        }

        // An application's reason is for nobody's eyes before the handshake is done.
        return space == LossDetector.ApplicationSpace
            ? FrameWriter.TryWriteApplicationClose(ref writer, reason.ErrorCode, bytes[..length])
            : FrameWriter.TryWriteConnectionClose(ref writer, TransportErrorCode.ApplicationError, 0, []);
    }
}
