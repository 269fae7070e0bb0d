using System.Net;
using System.Threading.Channels;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>A QUIC connection, with the semantics of System.Net.Quic's. Safe for concurrent use.</summary>
internal sealed class QuicConnection : IAsyncDisposable
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<QuicStream> _inbound =
        Channel.CreateUnbounded<QuicStream>(new UnboundedChannelOptions { SingleWriter = true });

    // All below is under the lock.
    private readonly Dictionary<long, QuicStream> _streams = [];
    private readonly StreamOpeners _openers;
    private QuicException? _closed;
    private Action<QuicStream>? _onInbound;
    private bool _isTaken;
    private long _idleSince = Instant.Never;

    // The endpoint; and whoever accepts it, until then.
    private int _holders = 1;

    public QuicConnection(QuicEndpoint endpoint, ConnectionCore core, bool isServer, SocketAddress remote)
    {
        Endpoint = endpoint;
        IsServer = isServer;
        RemoteEndPoint = ToEndPoint(remote);
        Driver = new ConnectionDriver(endpoint, this, core, remote);
        _openers = new StreamOpeners(this);
    }

    internal QuicEndpoint Endpoint { get; }

    /// <summary>Moves the state machine.</summary>
    internal ConnectionDriver Driver { get; }

    internal bool IsServer { get; }

    /// <summary>The id that the client chose for us at first; the server's ones are known to the state machine.</summary>
    internal ConnectionId? OriginalDestination { get; init; }

    /// <summary>Whether the connection is over. To be used in a turn, as all that follows.</summary>
    internal bool IsClosed => _closed is not null;

    /// <summary>Who the connection's place counts for. To be set before it gets one.</summary>
    internal string Peer { get; set; } = "";

    /// <summary>Since when there has been no stream; never while there is one, or nobody has taken the connection.</summary>
    internal long IdleSince => Volatile.Read(ref _idleSince);

    /// <summary>The peer's address at the beginning.</summary>
    public IPEndPoint RemoteEndPoint { get; }

    public IPEndPoint LocalEndPoint => Endpoint.LocalEndPoint;

    /// <summary>The peer's certificate, in DER.</summary>
    public ReadOnlyMemory<byte> RemoteCertificate
    {
        get
        {
            using (Driver.Enter())
            {
                return Driver.Core.PeerCertificate;
            }
        }
    }

    /// <summary>Completes when both sides know that the handshake is done; fails when there will be no connection.</summary>
    internal Task Connected => _connected.Task;

    /// <summary>Connects to a server and waits until it has accepted our certificate too.</summary>
    /// <exception cref="QuicException">There is no connection, and why.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to the address.</exception>
    public static async ValueTask<QuicConnection> ConnectAsync(QuicClientOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QuicConnection connection = QuicEndpoint.Dial(options);
        try
        {
            await connection.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a stream; waits while the peer allows no more of them. The peer learns of it by what is written.</summary>
    /// <exception cref="QuicException">The connection is over.</exception>
    public ValueTask<QuicStream> OpenOutboundStreamAsync(bool bidirectional = true, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<QuicStream>(cancellationToken);
        }

        using (Driver.Enter())
        {
            return _closed is null
                ? _openers.OpenAsync(bidirectional, cancellationToken)
                : ValueTask.FromException<QuicStream>(_closed.Again());
        }
    }

    /// <summary>Waits for a stream that the peer opens.</summary>
    /// <exception cref="QuicException">The connection is over.</exception>
    public async ValueTask<QuicStream> AcceptInboundStreamAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _inbound.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw _closed!.Again();
        }
    }

    /// <summary>
    /// Hands each stream that the peer opens over, instead of having it accepted: on the thread that learned of it, which serves all
    /// connections and must not be held up. Accepting then only waits for the end.
    /// </summary>
    public void HandOverInbound(Action<QuicStream> take)
    {
        using (Driver.Enter())
        {
            _onInbound = take;
            while (_inbound.Reader.TryRead(out QuicStream? stream))
            {
                QuicStream opened = stream;
                Driver.TellLater(() => take(opened));
            }
        }
    }

    /// <summary>Waits until the peer has all that was written and completed on streams, or the connection is over.</summary>
    public async ValueTask WhenDeliveredAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task? delivery = null;
            using (Driver.Enter())
            {
                foreach (QuicStream stream in _streams.Values)
                {
                    if (stream.PendingDelivery is { } pending)
                    {
                        delivery = pending;
                        break;
                    }
                }
            }

            if (delivery is null)
            {
                return;
            }

            await delivery.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Closes the connection at once. What is on its way may be lost; calls under way fail.</summary>
    /// <param name="errorCode">The application's code, which the peer sees.</param>
    /// <param name="reason">Words for the peer's log.</param>
    public ValueTask CloseAsync(long errorCode, string reason = "")
    {
        Close(errorCode, reason);
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the connection with code 0 if it is open.</summary>
    public ValueTask DisposeAsync() => CloseAsync(errorCode: 0);

    internal void Close(long errorCode, string reason = "") => Driver.Close(errorCode, reason);

    /// <summary>One more must let go of the connection before it counts no more.</summary>
    internal void AddHolder() => Interlocked.Increment(ref _holders);

    /// <returns>Whether it was the last one.</returns>
    internal bool RemoveHolder() => Interlocked.Decrement(ref _holders) == 0;

    /// <summary>The application has taken the connection.</summary>
    internal void OnTaken()
    {
        using (Driver.Enter())
        {
            _isTaken = true;
            UpdateIdle();
        }
    }

    /// <summary>The handshake is done. A turn goes on, as in all that follow.</summary>
    internal void OnConnected() => _connected.TrySetResult();

    internal void OpenWaitingStreams() => _openers.OpenWaiting();

    internal void OnStreamEvent(in StreamEvent e)
    {
        if (e.Type == StreamEventType.Opened)
        {
            QuicStream opened = AddStream(e.StreamId);
            if (_onInbound is { } take)
            {
                Driver.TellLater(() => take(opened));
            }
            else
            {
                _inbound.Writer.TryWrite(opened);
            }

            return;
        }

        if (!_streams.TryGetValue(e.StreamId, out QuicStream? stream))
        {
            return;
        }

        switch (e.Type)
        {
            case StreamEventType.Readable:
                stream.OnReadable();
                break;
            case StreamEventType.Writable:
                stream.OnWritable();
                break;
            case StreamEventType.SendStopped:
                stream.OnStopped(e.ErrorCode);
                break;
            case StreamEventType.Closed:
                _streams.Remove(e.StreamId);
                UpdateIdle();
                stream.OnClosed();
                break;
        }
    }

    /// <summary>The connection is over; only the first time counts.</summary>
    internal void OnClosed(QuicException exception)
    {
        if (_closed is not null)
        {
            return;
        }

        _closed = exception;
        _connected.TrySetException(exception);
        _ = _connected.Task.Exception;
        if (_onInbound is null)
        {
            _inbound.Writer.TryComplete();
        }
        else
        {
            // After the streams that are still to be handed over.
            Driver.TellLater(() => _inbound.Writer.TryComplete());
        }

        _openers.Fail(exception);
        foreach (QuicStream stream in _streams.Values)
        {
            stream.OnConnectionClosed(exception);
        }

        _streams.Clear();
        UpdateIdle();
    }

    internal QuicStream AddStream(long id)
    {
        var stream = new QuicStream(this, id);
        _streams.Add(id, stream);
        UpdateIdle();
        return stream;
    }

    private void UpdateIdle()
    {
        bool isIdle = _isTaken && _closed is null && _streams.Count == 0;
        Volatile.Write(ref _idleSince, isIdle ? Endpoint.Clock.Now : Instant.Never);
    }

    internal static IPEndPoint ToEndPoint(SocketAddress address)
    {
        var endPoint = (IPEndPoint)new IPEndPoint(IPAddress.Any, 0).Create(address);
        return endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
    }
}
