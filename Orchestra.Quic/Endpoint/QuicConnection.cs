using System.Net;
using System.Threading.Channels;
using Orchestra.Quic.Connection;

namespace Orchestra.Quic.Endpoint;

/// <summary>A QUIC connection, with the semantics of System.Net.Quic's. Safe for concurrent use.</summary>
internal sealed partial class QuicConnection : IAsyncDisposable
{
    private readonly QuicEndpoint _endpoint;
    private readonly SocketAddress _remote;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<QuicStream> _inbound =
        Channel.CreateUnbounded<QuicStream>(new UnboundedChannelOptions { SingleWriter = true });

    // All below is under the lock.
    private readonly Dictionary<long, QuicStream> _streams = [];
    private readonly StreamOpeners _openers;
    private QuicException? _closed;

    public QuicConnection(QuicEndpoint endpoint, ConnectionCore core, bool isServer, SocketAddress remote)
    {
        _endpoint = endpoint;
        Core = core;
        IsServer = isServer;
        _remote = remote;
        _waiting = isServer ? new WaitingDatagrams() : null;
        RemoteEndPoint = ToEndPoint(remote);
        _openers = new StreamOpeners(this);
        _timer = endpoint.Clock.CreateTimer(static self => ((QuicConnection)self!).OnTimer(), this);
    }

    /// <summary>The state machine. To be used under the lock only.</summary>
    internal ConnectionCore Core { get; }

    internal Lock Gate { get; } = new();

    internal QuicEndpoint Endpoint => _endpoint;

    internal bool IsServer { get; }

    /// <summary>The peer's address at the beginning.</summary>
    public IPEndPoint RemoteEndPoint { get; }

    public IPEndPoint LocalEndPoint => _endpoint.LocalEndPoint;

    /// <summary>The peer's certificate, in DER.</summary>
    public ReadOnlyMemory<byte> RemoteCertificate
    {
        get
        {
            lock (Gate)
            {
                return Core.PeerCertificate;
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

        lock (Gate)
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

    /// <summary>Waits until the peer has all that was written and completed on streams, or the connection is over.</summary>
    public async ValueTask WhenDeliveredAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task? delivery = null;
            lock (Gate)
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

    internal void Close(long errorCode, string reason = "")
    {
        lock (Gate)
        {
            if (_isRetired)
            {
                return;
            }

            try
            {
                Core.Close(errorCode, reason, _endpoint.Clock.Now);
            }
            catch (Exception exception)
            {
                OnFault(exception);
            }

            Flush();
        }
    }

    internal QuicStream AddStream(long id)
    {
        var stream = new QuicStream(this, id);
        _streams.Add(id, stream);
        return stream;
    }

    internal static IPEndPoint ToEndPoint(SocketAddress address)
    {
        var endPoint = (IPEndPoint)new IPEndPoint(IPAddress.Any, 0).Create(address);
        return endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
    }
}
