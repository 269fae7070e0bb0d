using System.Net;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Answers the requests of the plugin protocol for one plugin object.</summary>
public sealed partial class PluginServer : IAsyncDisposable
{
    /// <summary>How long canceled calls may take to say so.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long connections that are closed may go on telling their peers so.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(3);

    private readonly PluginServerOptions _options;
    private readonly ExtendedPlugin _plugin;
    private readonly PluginEnvironment _environment;
    private readonly ILogger _logger;
    private readonly LogRate _logRate;
    private readonly CallGate _calls;
    private readonly RequestDispatcher _dispatcher;
    private readonly ConnectionHandler _handler;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _cancelCalls = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ActiveSet<TransportConnection> _connections = new();
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<TransportListener> _listeners = [];
    private readonly List<Task> _acceptLoops = [];
    private IPEndPoint[] _addresses = [];
    private Task? _stop;

    private PluginServer(PluginInstance plugin, PluginServerOptions options)
    {
        _options = options;
        _plugin = plugin as ExtendedPlugin ?? new ExtendedPlugin(plugin);
        _logger = new GuardedLogger(options.LoggerFactory.CreateLogger(plugin.Definition.Id));
        _logRate = new LogRate(LogRate.OfAllPeers, options.TimeProvider);
        _environment = new PluginEnvironment(options, _logger);
        _calls = new CallGate(options.MaxConcurrentCalls, _cancelCalls);
        _slots = new SemaphoreSlim(options.MaxConnections);
        _dispatcher = new RequestDispatcher(_plugin, _environment, _calls);
        var exchanges = new ExchangeHandler(_dispatcher, _environment, _stopping.Token, _calls.Canceled);
        _handler = new ConnectionHandler(exchanges, _stopping.Token);
    }

    /// <summary>
    /// Completes when a <c>shutdown</c> request was answered and its connection is closed. The server goes on until it is
    /// stopped.
    /// </summary>
    public Task ShutdownAnswered => _shutdown.Task;

    /// <summary>Makes a server, which listens nowhere yet.</summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="plugin">The object whose tools run. Calls reach it concurrently.</param>
    /// <param name="options">The limits; the defaults when <see langword="null"/>.</param>
    /// <returns>The server.</returns>
    /// <exception cref="InvalidOperationException">
    /// The class has parameters that come from services, and <see cref="PluginServerOptions.Services"/> is not set.
    /// </exception>
    public static PluginServer Create<TPlugin>(TPlugin plugin, PluginServerOptions? options = null)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return Create(PluginInstance.Of(plugin), options ?? new PluginServerOptions());
    }

    /// <exception cref="NoServicesException">The options have no services and the plugin cannot do without.</exception>
    internal static PluginServer Create(PluginInstance plugin, PluginServerOptions options)
    {
        NoServicesException.ThrowIfNeeded(plugin.Definition, options);
        return new PluginServer(plugin, options);
    }

    /// <summary>
    /// Listens for QUIC, and serves from then on. Both sides must present a certificate of the same authority.
    /// </summary>
    /// <param name="address"><c>host:port</c>; port 0 takes any free one.</param>
    /// <param name="certificate">The plugin's certificate, from a <see cref="CertificateStore"/>.</param>
    /// <param name="cancellationToken">Ends the look-up of the host's name; it does not stop the server.</param>
    /// <returns>The address that it listens on, with the real port.</returns>
    /// <exception cref="FormatException"><paramref name="address"/> is no <c>host:port</c>.</exception>
    /// <exception cref="IOException">The address is not this machine's, or in use.</exception>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public async Task<IPEndPoint> ListenAsync(
        string address, PluginCertificate certificate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(certificate);
        QuicTransportListener listener = await QuicTransportListener
            .BindAsync(address, certificate, _options.MaxConnections, _logger.QuicFault, cancellationToken)
            .ConfigureAwait(false);
        await ServeAsync(listener).ConfigureAwait(false);
        return listener.LocalEndPoint;
    }

    /// <summary>
    /// Listens for plain TCP, one exchange a connection, and serves from then on. There is no encryption and no
    /// authentication on it, so that only loopback addresses are taken unless
    /// <see cref="PluginServerOptions.AllowNonLoopbackTcp"/> is set.
    /// </summary>
    /// <param name="address"><c>host:port</c>; port 0 takes any free one.</param>
    /// <param name="cancellationToken">Ends the look-up of the host's name; it does not stop the server.</param>
    /// <returns>The address that it listens on, with the real port.</returns>
    /// <exception cref="FormatException"><paramref name="address"/> is no <c>host:port</c>.</exception>
    /// <exception cref="IOException">The address is not allowed, not this machine's, or in use.</exception>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public async Task<IPEndPoint> ListenTcpAsync(string address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        TcpTransportListener listener = await TcpTransportListener
            .BindAsync(address, _options.AllowNonLoopbackTcp, cancellationToken)
            .ConfigureAwait(false);
        await ServeAsync(listener).ConfigureAwait(false);
        return listener.LocalEndPoint;
    }

    /// <summary>
    /// Stops: takes no more requests, lets calls in flight and events that wait go on for
    /// <see cref="PluginServerOptions.StopTimeout"/>, cancels them, and closes every connection.
    /// </summary>
    /// <param name="cancellationToken">Cancels the calls in flight at once.</param>
    /// <returns>A task that ends when the server has stopped and others can listen on its addresses.</returns>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return _stop ??= StopOnceAsync(cancellationToken);
        }
    }

    /// <summary>Stops the server, see <see cref="StopAsync"/>.</summary>
    /// <returns>A task that ends when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Serves the connections of a listener, which the server owns from now on.</summary>
    internal async ValueTask ServeAsync(TransportListener listener)
    {
        lock (_gate)
        {
            if (_stop is null)
            {
                Peer? shared = listener.TellsPeersApart ? null : CreatePeer(name: null);
                var loop = new AcceptLoop(
                    listener,
                    _slots,
                    _connections,
                    connection => ServeConnectionAsync(connection, shared ?? CreatePeer(connection.PeerName)),
                    _options.TimeProvider,
                    new LimitedLogger(_logger, new LogRate(LogRate.PerPeer, _options.TimeProvider)));
                _listeners.Add(listener);
                _acceptLoops.Add(Task.Run(() => loop.RunAsync(_stopping.Token)));
                _addresses = [.. _addresses, listener.LocalEndPoint];
                return;
            }
        }

        await listener.DisposeAsync().ConfigureAwait(false);
        throw new ObjectDisposedException(nameof(PluginServer), "the server was stopped");
    }

    /// <summary>Serves a connection within the process, which the server owns from now on.</summary>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    internal void Attach(InProcessConnection connection)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop is not null, this);
            _connections.Add(connection);
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await ServeConnectionAsync(connection, new Peer(name: null, mayManage: true, _logger)).ConfigureAwait(false);
            }
            finally
            {
                _connections.Remove(connection);
            }
        });
    }

    private Peer CreatePeer(string? name) => new(
        name,
        mayManage: !_options.RequireOrchestrator || Peer.IsOrchestrator(name),
        new LimitedLogger(_logger, new LogRate(LogRate.PerPeer, _options.TimeProvider, _logRate)),
        new PatternAllowance(_options.TimeProvider));

    private async Task ServeConnectionAsync(TransportConnection connection, Peer peer)
    {
        if (await _handler.HandleAsync(connection, peer).ConfigureAwait(false))
        {
            _shutdown.TrySetResult();
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelSafelyAsync().ConfigureAwait(false);
        await Task.WhenAll(_acceptLoops).ConfigureAwait(false);
        if (!await EndedAsync(_options.StopTimeout, cancellationToken).ConfigureAwait(false))
        {
            // Not waited for: a callback of the plugin's code may never return.
            _ = _calls.CancelAsync();
            if (!await EndedAsync(CancelTimeout, CancellationToken.None).ConfigureAwait(false))
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
        }

        await _dispatcher.Lifecycle.StopAsync().ConfigureAwait(false);

        // Nothing runs any more; what holds on to the token may know.
        _ = _calls.CancelAsync();
        await Task
            .WhenAll(_listeners.Select(static listener => listener.AddressFreed))
            .EndsWithinAsync(DrainTimeout, _options.TimeProvider, CancellationToken.None)
            .ConfigureAwait(false);
    }

    /// <summary>Ends when no connection is open, and no event that came on one is being handled.</summary>
    private async Task WhenIdleAsync()
    {
        await _connections.WhenEmpty().ConfigureAwait(false);
        await _dispatcher.Events.WhenIdle().ConfigureAwait(false);
    }

    private async Task<bool> EndedAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await WhenIdleAsync().WaitAsync(timeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
