using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// One UDP socket and the connections on it. A thread of its own receives: that takes half the time and the processor of asynchronous
/// receives, where each datagram wakes two threads one after the other. The endpoint ends when nobody listens and no connection is left.
/// </summary>
internal sealed class QuicEndpoint
{
    // How many datagrams are taken before any is answered: acknowledgments go together, and nobody starves.
    private const int MaxBatch = 32;

    private const long Millisecond = 1000;

    private readonly ConcurrentDictionary<ConnectionId, QuicConnection> _routes = new();
    private readonly List<ConnectionDriver> _touched = [];
    private readonly IDatagramSocket _socket;
    private readonly DatagramReceiver _receiver;
    private readonly InlineWork _work;
    private readonly GrowingWait _pause = new(Millisecond, longest: 1000 * Millisecond);
    private readonly Action<Exception>? _onFault;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The listener, or the client's connection, counts as one user, each accepted connection as another.
    private int _users = 1;

    // The socket and the thread. The thread ends a little before the address is free.
    private int _parts = 2;

    private int _faults;

    private QuicEndpoint(IDatagramSocket socket, TimeProvider timeProvider, Action<Exception>? onFault, QuicListenerOptions? listener)
    {
        _socket = socket;
        _onFault = onFault;
        LocalEndPoint = socket.LocalEndPoint;
        Clock = new QuicClock(timeProvider);
        Sender = new DatagramSender(socket);
        _receiver = new DatagramReceiver(socket);
        _work = new InlineWork(OnFault, TakeOver);
        Acceptor = listener is null ? null : new ServerAcceptor(this, listener);
    }

    public IPEndPoint LocalEndPoint { get; }

    public QuicClock Clock { get; }

    public DatagramSender Sender { get; }

    /// <summary>Null where only a client uses the endpoint.</summary>
    public ServerAcceptor? Acceptor { get; }

    /// <summary>Completes when the socket is closed and the thread gone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How many connection ids lead somewhere.</summary>
    public int RouteCount => _routes.Count;

    /// <summary>Where each of them leads.</summary>
    public IEnumerable<KeyValuePair<ConnectionId, QuicConnection>> Routes => _routes;

    /// <exception cref="SocketException">The address is in use, not this machine's, or not allowed.</exception>
    public static QuicEndpoint Listen(QuicListenerOptions options)
    {
        var endpoint = new QuicEndpoint(options.Bind(options.ListenEndPoint), options.TimeProvider, options.OnFault, options);
        try
        {
            options.Connection.Qlog?.Create();
        }
        catch (IOException exception)
        {
            endpoint.OnFault(exception);
        }

        endpoint.Start();
        return endpoint;
    }

    /// <summary>Begins a connection, on a socket of its own.</summary>
    /// <exception cref="SocketException">There is no way to the address.</exception>
    public static QuicConnection Dial(QuicClientOptions options)
    {
        IDatagramSocket socket = DatagramSocket.Connect(options.RemoteEndPoint);
        try
        {
            var endpoint = new QuicEndpoint(socket, options.TimeProvider, onFault: null, listener: null);
            SocketAddress remote = options.RemoteEndPoint.Serialize();
            ConnectionCore core = ConnectionCore.CreateClient(options.Connection, remote, endpoint.Clock.Now);
            var connection = new QuicConnection(endpoint, core, isServer: false, remote);

            // In this order the server is at work while the thread starts, which takes a while on a busy machine.
            connection.Driver.FlushNow();
            endpoint.Start();
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public bool AddRoute(in ConnectionId id, QuicConnection connection) => _routes.TryAdd(id, connection);

    public void RemoveRoute(in ConnectionId id, QuicConnection connection) =>
        _routes.TryRemove(new KeyValuePair<ConnectionId, QuicConnection>(id, connection));

    /// <summary>A connection's handshake is done.</summary>
    public void OnConnected(QuicConnection connection) => Acceptor?.OnConnected(connection);

    /// <summary>Nothing is left of a connection.</summary>
    public void OnRetired(QuicConnection connection)
    {
        Acceptor?.OnRetired(connection);
        RemoveUser();
    }

    /// <summary>Tells of a fault: of the first, the second, the fourth and so on, as a peer may cause the same one again and again.</summary>
    public void OnFault(Exception exception)
    {
        int count = Interlocked.Increment(ref _faults);
        if ((count & (count - 1)) == 0)
        {
            try
            {
                _onFault?.Invoke(exception);
            }
            catch (Exception)
            {
                // There is nobody left to tell.
            }
        }
    }

    public void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>A connection is gone, or the listener.</summary>
    public void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _socket.Dispose();
            OnPartEnded();
        }
    }

    private void OnPartEnded()
    {
        if (Interlocked.Decrement(ref _parts) == 0)
        {
            _ended.SetResult();
        }
    }

    private void Start() => StartThread(() =>
    {
        _work.Begin();
        Run();
    });

    private void TakeOver(long progress) => StartThread(() =>
    {
        if (_work.TryTakeOver(progress))
        {
            Run();
        }
    });

    private void StartThread(ThreadStart run) => new Thread(run) { IsBackground = true, Name = "QUIC " + LocalEndPoint }.Start();

    private void Run()
    {
        LinuxSlice.Shorten();
        var status = ReceiveStatus.None;
        while (status != ReceiveStatus.Closed)
        {
            try
            {
                if (status == ReceiveStatus.Failed)
                {
                    Clock.Wait(_pause.Next());
                }

                status = ReceiveBatch();
                if (!_work.Run())
                {
                    // Another thread receives now.
                    return;
                }
            }
            catch (Exception exception)
            {
                // All connections depend on this thread.
                status = ReceiveStatus.Failed;
                OnFault(exception);
            }
        }

        _work.End();
        OnPartEnded();
    }

    private ReceiveStatus ReceiveBatch()
    {
        ReceiveStatus status = _work.IsEmpty ? _receiver.Receive() : _receiver.TryReceive();
        if (status is ReceiveStatus.Failed or ReceiveStatus.Closed)
        {
            return status;
        }

        _pause.Reset();
        int taken = 0;
        do
        {
            taken += Handle(status);
        }
        while (taken < MaxBatch && (status = _receiver.TryReceive()) is ReceiveStatus.Received or ReceiveStatus.Refused);

        foreach (ConnectionDriver connection in _touched)
        {
            connection.IsTouched = false;
            connection.FlushNow();
        }

        _touched.Clear();
        return status;
    }

    /// <summary>A stateless reset has no id of ours, RFC 9000 §10.3: on a client's socket it can be meant for one connection only.</summary>
    private QuicConnection? ClientOf(in PacketHeader header)
    {
        if (!header.IsLong)
        {
            foreach ((_, QuicConnection client) in _routes)
            {
                return client;
            }
        }

        return null;
    }

    /// <returns>How many datagrams came, or 1 where it was something else.</returns>
    private int Handle(ReceiveStatus status)
    {
        if (status == ReceiveStatus.Refused && Acceptor is null)
        {
            foreach (QuicConnection client in _routes.Values)
            {
                client.Driver.OnRefused();
            }
        }

        int taken = 0;
        while (_receiver.TryTake(out Span<byte> datagram))
        {
            taken++;
            try
            {
                Route(datagram);
            }
            catch (Exception exception)
            {
                OnFault(exception);
            }
        }

        return Math.Max(taken, 1);
    }

    private void Route(Span<byte> datagram)
    {
        if (!PacketHeader.TryParse(datagram, LocalConnectionIds.Length, out PacketHeader header))
        {
            return;
        }

        if (!_routes.TryGetValue(header.Destination, out QuicConnection? connection))
        {
            connection = Acceptor is null ? ClientOf(header) : Acceptor.OnUnknown(datagram, header, _receiver.Remote);
            if (connection is null)
            {
                return;
            }
        }

        ConnectionDriver driver = connection.Driver;
        if (driver.Receive(datagram, _receiver.Remote, _receiver.Ecn) && !driver.IsTouched)
        {
            driver.IsTouched = true;
            _touched.Add(driver);
        }
    }
}
