using System.Diagnostics;
using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// Moves the state machine of a connection: datagrams and time in, datagrams and news out. One lock guards all of it. What there is to
/// tell is told when the state machine has done its part; the endpoint, which may come back, learns of it when the lock is released. What
/// there is to send goes out at the end of the turn, without the lock and by one thread at a time: what others write meanwhile it takes
/// along, so that answers share datagrams under load.
/// </summary>
internal sealed partial class ConnectionDriver
{
    private readonly QuicEndpoint _endpoint;
    private readonly QuicConnection _connection;
    private readonly SocketAddress _remote;
    private readonly ConnectionRoutes _routes;
    private readonly DeferredCalls _later;
    private readonly ConnectionNews _news;

    // It changes.
    private EarliestTimer _timer;
    private bool _isPushedOut;
    private bool _isDue;
    private volatile bool _isSending;
    private Exception? _fault;

    // While a server's handshake goes on; nobody waits behind it.
    private WaitingDatagrams? _waiting;

    public ConnectionDriver(QuicEndpoint endpoint, QuicConnection connection, ConnectionCore core, SocketAddress remote)
    {
        _endpoint = endpoint;
        _connection = connection;
        _remote = remote;
        _waiting = connection.IsServer ? new WaitingDatagrams() : null;
        _later = new DeferredCalls(Gate, endpoint.OnFault);
        _news = new ConnectionNews(endpoint, connection, core, _later);
        _routes = new ConnectionRoutes(endpoint, connection);
        _timer = new EarliestTimer(endpoint.Clock.CreateTimer(static self => ((ConnectionDriver)self!).OnTimer(), this));
        Core = core;
    }

    /// <summary>The state machine. To be used in a turn only.</summary>
    public ConnectionCore Core { get; }

    public Lock Gate { get; } = new();

    /// <summary>Whether nothing can come or go any more.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Whether datagrams came that nothing was sent for yet. The endpoint's receiving thread alone uses it.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Whether what is due waits for work to be through, see <see cref="InlineWork"/>, whose it is.</summary>
    public bool IsCorked { get; set; }

    /// <summary>Begins a turn, which holds the lock until it is disposed of.</summary>
    public Turn Enter()
    {
        Debug.Assert(!Gate.IsHeldByCurrentThread, "Whoever is told something in a turn came back in it.");
        Gate.Enter();
        return new Turn(this);
    }

    /// <summary>Makes a call when the turn is over, which goes on.</summary>
    public void TellLater(Action call) => _later.Add(call);

    /// <summary>Takes a datagram; what is to be sent for it waits for <see cref="FlushNow"/>.</summary>
    /// <returns>False where the datagram itself waits, for <see cref="ReceiveWaiting"/>.</returns>
    public bool Receive(Span<byte> datagram, SocketAddress remote, int ecn)
    {
        if (Volatile.Read(ref _waiting) is { } waiting)
        {
            // Nobody moves before the handshake is done.
            bool needsTurn = false;
            if (!remote.Equals(_remote) || waiting.TryAdd(datagram, ecn, out needsTurn))
            {
                if (needsTurn)
                {
                    _endpoint.Acceptor!.Handshakes.Add(this);
                }

                return false;
            }
        }

        using (Enter())
        {
            ReceiveNow(datagram, remote, ecn);
        }

        return true;
    }

    /// <summary>Takes the datagrams that wait, in the connection's turn.</summary>
    public void ReceiveWaiting()
    {
        WaitingDatagrams waiting = _waiting!;
        bool isOver;
        using (Enter())
        {
            while (waiting.TryTake(out (byte[] Buffer, int Length, int Ecn) datagram))
            {
                ReceiveNow(datagram.Buffer.AsSpan(0, datagram.Length), _remote, datagram.Ecn);
                HeldBuffers.Return(datagram.Buffer);
            }

            Flush();
            isOver = _news.HasConnected || IsRetired;
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
    public void OnFault(Exception exception)
    {
        using (Enter())
        {
            Fail(exception);
        }
    }

    public void FlushNow()
    {
        using (Enter())
        {
            Flush();
        }
    }

    /// <summary>Sends what waited for work to be through.</summary>
    public void Uncork()
    {
        IsCorked = false;
        Enter().Dispose();
    }

    /// <summary>Tells what happened; at the end of the turn what is due is sent. To be called in a turn.</summary>
    public void Flush()
    {
        try
        {
            FlushUnguarded();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void ReceiveNow(Span<byte> datagram, SocketAddress remote, int ecn)
    {
        if (IsRetired)
        {
            return;
        }

        try
        {
            Core.Receive(new ReceivedDatagram(datagram, remote, ecn, _endpoint.Clock.Now));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void FlushUnguarded()
    {
        if (IsRetired)
        {
            return;
        }

        _news.Admit(_endpoint.Clock.Now);
        _connection.OpenWaitingStreams();
        _news.Tell(_fault);
        _isDue = true;
    }

    private void EndTurn()
    {
        // Whoever learns of something starts, and may have something to send, while this thread goes on.
        if (_isDue && !_isSending && _later.IsAny)
        {
            _later.ReleaseLock();
            Gate.Enter();
        }

        // A close does not wait for work: the process may end next.
        if (_isDue && !_isSending && (Core.State != ConnectionState.Connected || !InlineWork.TryCork(this)))
        {
            SendDue();
        }

        _later.ReleaseLock();
    }

    /// <summary>Until nothing is due. Who leaves a turn meanwhile leaves it to this thread.</summary>
    private void SendDue()
    {
        OutgoingDatagrams datagrams = OutgoingDatagrams.OfThread;
        _isSending = true;
        while (_isDue && !IsRetired)
        {
            try
            {
                SendOnce(datagrams);
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
        }

        _isSending = false;
    }

    private void SendOnce(OutgoingDatagrams datagrams)
    {
        long now = _endpoint.Clock.Now;
        _isDue = !datagrams.Fill(Core, now);

        // Before the peer can use new ids.
        _routes.Update(Core);
        _news.Tell(_fault);
        if (!datagrams.IsEmpty)
        {
            Gate.Exit();
            try
            {
                datagrams.Send(_endpoint.Sender, now);
            }
            finally
            {
                Gate.Enter();
            }
        }

        if (_isDue || IsRetired)
        {
            return;
        }

        if (_isPushedOut || Core.State == ConnectionState.Closed || (Core.State == ConnectionState.Draining && !_connection.IsServer))
        {
            // A client's socket is its own: nobody is left to be puzzled by late datagrams.
            Retire();
            return;
        }

        _timer.Set(Core.NextTimeout, now);
    }

    private void OnTimer()
    {
        using (Enter())
        {
            if (IsRetired)
            {
                return;
            }

            try
            {
                _timer.OnFired();
                long now = _endpoint.Clock.Now;
                if (now >= Core.NextTimeout)
                {
                    Core.OnTimeout(now);
                }

                FlushUnguarded();
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
        }
    }

    /// <summary>A turn at a connection. When it is over what is due is sent, and the endpoint learns what there is to tell.</summary>
    internal readonly ref struct Turn(ConnectionDriver driver)
    {
        public void Dispose() => driver.EndTurn();
    }
}
