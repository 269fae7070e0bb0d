using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Takes connections, from listeners and from within the process, and serves each until it is closed.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no handle to free, and connections outlive the server's end.")]
internal sealed class ConnectionServer(ConnectionHandler handler, PluginEnvironment environment, CancellationToken stopping)
{
    private readonly PluginServerOptions _options = environment.Options;
    private readonly ILogger _logger = environment.Logger;
    private readonly PeerShares _shares = environment.Shares;
    private readonly LogRate _logRate = new(LogRate.OfAllPeers, environment.Options.TimeProvider);
    private readonly SemaphoreSlim _slots = new(environment.Options.MaxConnections);
    private readonly ActiveSet<TransportConnection> _connections = new();
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // All below is under the lock.
    private readonly Lock _gate = new();
    private readonly List<TransportListener> _listeners = [];
    private readonly List<Task> _acceptLoops = [];
    private IPEndPoint[] _addresses = [];
    private bool _closed;

    /// <summary>Completes when a shutdown was answered and its connection is closed.</summary>
    public Task ShutdownAnswered => _shutdown.Task;

    public IReadOnlyList<IPEndPoint> Addresses
    {
        get
        {
            lock (_gate)
            {
                return _addresses;
            }
        }
    }

    /// <summary>Serves the connections of a listener, which the server owns from now on.</summary>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public async ValueTask ServeAsync(TransportListener listener)
    {
        if (!TryAdd(listener))
        {
            await listener.DisposeAsync().ConfigureAwait(false);
            throw Stopped();
        }
    }

    /// <summary>Serves a connection within the process, which the server owns from now on.</summary>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public void Attach(InProcessConnection connection)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw Stopped();
            }

            _connections.Add(connection);
        }

        PeerShare share = _shares.Enter(id: null);
        _ = Task.Run(async () =>
        {
            try
            {
                await ServeAsync(connection, new Peer(name: null, mayManage: true, share, _logger)).ConfigureAwait(false);
            }
            finally
            {
                _shares.Leave(share);
                _connections.Remove(connection);
            }
        });
    }

    /// <summary>Takes no more connections, which the token has said already. Ends when nothing is accepted any more.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            return Task.WhenAll(_acceptLoops);
        }
    }

    /// <summary>Ends when no connection is open.</summary>
    public Task WhenEmpty() => _connections.WhenEmpty();

    /// <summary>Cuts off what is still open.</summary>
    public void Abort()
    {
        TransportConnection[] left = _connections.ToArray();
        if (left.Length > 0)
        {
            _logger.CutOff(left.Length);
        }

        foreach (TransportConnection connection in left)
        {
            ConnectionHandler.Abort(connection);
        }
    }

    /// <summary>Ends when others can have the addresses. To be called after <see cref="CloseAsync"/>.</summary>
    public Task WhenAddressesFreed() => Task.WhenAll(_listeners.Select(static listener => listener.AddressFreed));

    private static ObjectDisposedException Stopped() => new(nameof(PluginServer), "the server was stopped");

    private bool TryAdd(TransportListener listener)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            Peer? shared = listener.TellsPeersApart ? null : CreatePeer(name: null, _shares.Enter(id: null));
            var loop = new AcceptLoop(
                listener,
                listener.LimitsConnections ? null : _slots,
                _connections,
                connection => shared is null ? ServeAsync(connection) : ServeAsync(connection, shared),
                _options.TimeProvider,
                new LimitedLogger(_logger, new LogRate(LogRate.PerPeer, _options.TimeProvider)));
            _listeners.Add(listener);

            // Not on the pool, whose first threads a start would wait for: it only ever waits for the next connection.
            _acceptLoops.Add(loop.RunAsync(stopping));
            _addresses = [.. _addresses, listener.LocalEndPoint];
            return true;
        }
    }

    private Peer CreatePeer(string? name, PeerShare share) => new(
        name,
        mayManage: !_options.RequireOrchestrator || Peer.IsOrchestrator(name),
        share,
        new LimitedLogger(_logger, new LogRate(LogRate.PerPeer, _options.TimeProvider, _logRate)),
        new PatternAllowance(_options.TimeProvider));

    private async Task ServeAsync(TransportConnection connection)
    {
        PeerShare share = _shares.Enter(connection.PeerId);
        try
        {
            await ServeAsync(connection, CreatePeer(connection.PeerName, share)).ConfigureAwait(false);
        }
        finally
        {
            _shares.Leave(share);
        }
    }

    private async Task ServeAsync(TransportConnection connection, Peer peer)
    {
        if (await handler.HandleAsync(connection, peer).ConfigureAwait(false))
        {
            _shutdown.TrySetResult();
        }
    }
}
