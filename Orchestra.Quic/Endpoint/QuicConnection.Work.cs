using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>Moves the state machine: datagrams and time in, datagrams and events out. One lock guards all of it.</summary>
internal sealed partial class QuicConnection
{
    private const long Microsecond = 1;
    private const long Millisecond = 1000 * Microsecond;

    private readonly ITimer _timer;
    private long _timerDue = long.MaxValue;
    private bool _isRetired;
    private bool _hasConnected;
    private Exception? _fault;

    // The endpoint; and whoever accepts it, until then.
    private int _holders = 1;

    // While a server's handshake goes on; nobody waits behind it.
    private WaitingDatagrams? _waiting;

    /// <summary>Whether datagrams came that nothing was sent for yet. The endpoint's receiving thread alone uses it.</summary>
    internal bool IsTouched { get; set; }

    /// <summary>The id that the client chose for us at first; the server's ones are known to the state machine.</summary>
    internal ConnectionId? OriginalDestination { get; init; }

    /// <summary>One more must let go of the connection before it counts no more.</summary>
    internal void AddHolder() => Interlocked.Increment(ref _holders);

    /// <returns>Whether it was the last one.</returns>
    internal bool RemoveHolder() => Interlocked.Decrement(ref _holders) == 0;

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
            ReceiveNow(datagram, remote, ecn);
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
                ReceiveNow(datagram.Buffer.AsSpan(0, datagram.Length), _remote, datagram.Ecn);
                HeldBuffers.Return(datagram.Buffer);
            }

            Flush();
            isOver = _hasConnected || _isRetired;
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

    /// <summary>
    /// Ends the connection for a fault that no peer should be able to cause. Whoever runs it serves others too, and goes on with them.
    /// </summary>
    internal void OnFault(Exception exception)
    {
        lock (Gate)
        {
            if (_isRetired)
            {
                return;
            }

            if (_fault is null)
            {
                _fault = exception;
                _endpoint.OnFault(exception);
                try
                {
                    Core.CloseForFault(_endpoint.Clock.Now);
                    FlushUnguarded();
                    return;
                }
                catch (Exception)
                {
                    // Not even that is possible.
                }
            }

            try
            {
                OnClosed(CloseText.OfFault(_fault));
            }
            finally
            {
                Retire();
            }
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
            Retire();
        }
    }

    /// <summary>Hands out events, sends what is due and sets the timer. The lock is held.</summary>
    internal void Flush()
    {
        try
        {
            FlushUnguarded();
        }
        catch (Exception exception)
        {
            OnFault(exception);
        }
    }

    private void ReceiveNow(Span<byte> datagram, SocketAddress remote, int ecn)
    {
        if (_isRetired)
        {
            return;
        }

        try
        {
            Core.Receive(new ReceivedDatagram(datagram, remote, ecn, _endpoint.Clock.Now));
        }
        catch (Exception exception)
        {
            OnFault(exception);
        }
    }

    private void FlushUnguarded()
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

            try
            {
                _timerDue = long.MaxValue;
                long now = _endpoint.Clock.Now;
                if (now >= Core.NextTimeout)
                {
                    Core.OnTimeout(now);
                }

                FlushUnguarded();
            }
            catch (Exception exception)
            {
                OnFault(exception);
            }
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

        while (Core.TryTakeStreamEvent(out StreamEvent e))
        {
            switch (e.Type)
            {
                case StreamEventType.Opened:
                    _inbound.Writer.TryWrite(AddStream(e.StreamId));
                    break;
                case StreamEventType.Readable:
                    Find(e.StreamId)?.OnReadable();
                    break;
                case StreamEventType.Writable:
                    Find(e.StreamId)?.OnWritable();
                    break;
                case StreamEventType.SendStopped:
                    Find(e.StreamId)?.OnStopped(e.ErrorCode);
                    break;
                case StreamEventType.Closed:
                    if (_streams.Remove(e.StreamId, out QuicStream? stream))
                    {
                        stream.OnClosed();
                    }

                    break;
                case StreamEventType.MoreAllowed:
                    _openers.OpenWaiting();
                    break;
            }
        }

        while (Core.TryTakeEvent(out ConnectionEvent e))
        {
            switch (e.Type)
            {
                case ConnectionEventType.ConnectionIdAdded:
                    _endpoint.AddRoute(e.ConnectionId, this);
                    break;
                case ConnectionEventType.ConnectionIdRemoved:
                    _endpoint.RemoveRoute(e.ConnectionId, this);
                    break;
                case ConnectionEventType.Closed:
                    OnClosed(_fault is null ? CloseText.ToException(Core.CloseReason!) : CloseText.OfFault(_fault));
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
    }

    /// <summary>Nothing can come or go any more.</summary>
    private void Retire()
    {
        if (_isRetired)
        {
            return;
        }

        _isRetired = true;
        try
        {
            Core.Dispose();
            _timer.Dispose();
        }
        catch (Exception exception)
        {
            _endpoint.OnFault(exception);
        }
        finally
        {
            RemoveRoutes();
            _endpoint.OnRetired(this, _hasConnected);
            _endpoint.RemoveUser();
        }
    }

    private void RemoveRoutes()
    {
        foreach (ConnectionId id in Core.LocalIds)
        {
            _endpoint.RemoveRoute(id, this);
        }

        // Of ids that came or went since events were taken last.
        while (Core.TryTakeEvent(out ConnectionEvent e))
        {
            _endpoint.RemoveRoute(e.ConnectionId, this);
        }

        if (OriginalDestination is { } original)
        {
            _endpoint.RemoveRoute(original, this);
        }
    }
}
