using System.Buffers;
using System.Net;
using Orchestra.Sdk.Quic.Connection;
using Orchestra.Sdk.Quic.Wire;

namespace Orchestra.Sdk.Quic.Endpoint;

/// <summary>Moves the state machine: datagrams and time in, datagrams and events out. One lock guards all of it.</summary>
internal sealed partial class QuicConnection
{
    private const long Microsecond = 1;
    private const long Millisecond = 1000 * Microsecond;

    private readonly ITimer _timer;
    private long _timerDue = long.MaxValue;
    private bool _isRetired;
    private bool _hasConnected;

    // While a server's handshake goes on; nobody waits behind it.
    private WaitingDatagrams? _waiting;

    /// <summary>Whether datagrams came that nothing was sent for yet. The endpoint's receiving thread alone uses it.</summary>
    internal bool IsTouched { get; set; }

    /// <summary>The id that the client chose for us at first; the server's ones are known to the state machine.</summary>
    internal ConnectionId? OriginalDestination { get; init; }

    /// <summary>Takes a datagram; what is to be sent for it waits for <see cref="FlushNow"/>.</summary>
    /// <returns>False where the datagram itself waits, for <see cref="ReceiveWaiting"/>.</returns>
    internal bool Receive(Span<byte> datagram, SocketAddress remote, int ecn)
    {
        if (Volatile.Read(ref _waiting) is { } waiting)
        {
            if (!remote.Equals(_remote))
            {
                // Nobody moves before the handshake is done.
                return false;
            }

            if (waiting.TryAdd(datagram, ecn, out bool needsTurn))
            {
                if (needsTurn)
                {
                    _endpoint.Acceptor!.Handshakes.Add(this);
                }

                return false;
            }
        }

        lock (Gate)
        {
            if (!_isRetired)
            {
                Core.Receive(datagram, remote, ecn, _endpoint.Clock.Now);
            }
        }

        return true;
    }

    /// <summary>Takes the datagrams that wait, in the connection's turn.</summary>
    internal void ReceiveWaiting()
    {
        WaitingDatagrams waiting = _waiting!;
        bool isOver;
        lock (Gate)
        {
            while (waiting.TryTake(out (byte[] Buffer, int Length, int Ecn) datagram))
            {
                if (!_isRetired)
                {
                    Core.Receive(datagram.Buffer.AsSpan(0, datagram.Length), _remote, datagram.Ecn, _endpoint.Clock.Now);
                }

                ArrayPool<byte>.Shared.Return(datagram.Buffer);
            }

            Flush();
            isOver = _hasConnected || _closed is not null;
        }

        if (waiting.EndTurn(isOver))
        {
            _endpoint.Acceptor!.Handshakes.Add(this);
        }
        else if (isOver)
        {
            Volatile.Write(ref _waiting, null);
        }
    }

    internal void FlushNow()
    {
        lock (Gate)
        {
            Flush();
        }
    }

    /// <summary>The peer's machine says that nobody listens there any more. Believed of this machine only: from elsewhere anybody could say so.</summary>
    internal void OnRefused()
    {
        if (!IPAddress.IsLoopback(RemoteEndPoint.Address))
        {
            return;
        }

        lock (Gate)
        {
            OnClosed(new QuicException(
                QuicError.ConnectionRefused,
                _hasConnected ? "the connection was lost: the peer's process has ended" : "connection refused: nothing listens there"));
            Core.Close(0, "", _endpoint.Clock.Now);
            Retire();
        }
    }

    /// <summary>Hands out events, sends what is due and sets the timer. The lock is held.</summary>
    internal void Flush()
    {
        if (_isRetired)
        {
            return;
        }

        TakeEvents();
        long now = _endpoint.Clock.Now;
        _endpoint.Sender.SendAll(Core, now);
        TakeEvents();
        if (Core.State == ConnectionState.Closed || (Core.State == ConnectionState.Draining && !IsServer))
        {
            // A client's socket is its own: nobody is left to be puzzled by late datagrams.
            Retire();
            return;
        }

        SetTimer(now);
    }

    private void SetTimer(long now)
    {
        long next = Core.NextTimeout;
        if (next < _timerDue)
        {
            _timerDue = next;
            long wait = Math.Max(1, (next - now + Millisecond - 1) / Millisecond);
            _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (Gate)
        {
            if (_isRetired)
            {
                return;
            }

            _timerDue = long.MaxValue;
            long now = _endpoint.Clock.Now;
            if (now >= Core.NextTimeout)
            {
                Core.OnTimeout(now);
            }

            Flush();
        }
    }

    private void TakeEvents()
    {
        if (!_hasConnected && Core.IsHandshakeConfirmed)
        {
            _hasConnected = true;
            _connected.TrySetResult();
            _endpoint.OnConnected(this);
        }

        while (Core.TryTakeEvent(out ConnectionEvent e))
        {
            switch (e.Type)
            {
                case ConnectionEventType.StreamOpened:
                    _inbound.Writer.TryWrite(AddStream(e.StreamId));
                    break;
                case ConnectionEventType.StreamReadable:
                    Find(e.StreamId)?.OnReadable();
                    break;
                case ConnectionEventType.StreamWritable:
                    Find(e.StreamId)?.OnWritable();
                    break;
                case ConnectionEventType.StreamSendStopped:
                    Find(e.StreamId)?.OnStopped(e.ErrorCode);
                    break;
                case ConnectionEventType.StreamClosed:
                    if (_streams.Remove(e.StreamId, out QuicStream? stream))
                    {
                        stream.OnClosed();
                    }

                    break;
                case ConnectionEventType.StreamsAvailable:
                    _openers.OpenWaiting();
                    break;
                case ConnectionEventType.ConnectionIdAdded:
                    _endpoint.AddRoute(e.ConnectionId, this);
                    break;
                case ConnectionEventType.ConnectionIdRemoved:
                    _endpoint.RemoveRoute(e.ConnectionId);
                    break;
                case ConnectionEventType.Closed:
                    OnClosed(CloseText.ToException(Core.CloseReason!));
                    break;
            }
        }
    }

    private QuicStream? Find(long id) => _streams.GetValueOrDefault(id);

    private void OnClosed(QuicException exception)
    {
        if (_closed is not null)
        {
            return;
        }

        _closed = exception;
        _connected.TrySetException(exception);
        _ = _connected.Task.Exception;
        _inbound.Writer.TryComplete();
        _openers.Fail(exception);
        foreach (QuicStream stream in _streams.Values)
        {
            stream.OnConnectionClosed(exception);
        }

        _streams.Clear();
        _endpoint.OnDisconnected(this, _hasConnected);
    }

    /// <summary>Nothing can come or go any more.</summary>
    private void Retire()
    {
        if (_isRetired)
        {
            return;
        }

        _isRetired = true;
        _timer.Dispose();
        foreach (ConnectionId id in Core.LocalIds)
        {
            _endpoint.RemoveRoute(id);
        }

        if (OriginalDestination is { } original)
        {
            _endpoint.RemoveRoute(original);
        }

        Core.Dispose();
        _endpoint.RemoveUser();
    }
}
