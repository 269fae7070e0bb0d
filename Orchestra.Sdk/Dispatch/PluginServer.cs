using System.Net;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Answers the requests of the plugin protocol for one plugin object.</summary>
public sealed partial class PluginServer : IAsyncDisposable
{
    private readonly PluginServerOptions _options;
    private readonly CallGate _calls;
    private readonly ExtendedPlugin _plugin;
    private readonly PluginEnvironment _environment;
    private readonly RequestDispatcher _dispatcher;
    private readonly ConnectionServer _connections;
    private readonly ServerLifetime _lifetime;

    private PluginServer(PluginInstance plugin, PluginServerOptions options)
    {
        var stopping = new CancellationTokenSource();
        Stopping = stopping.Token;
        var calls = new CallGate(options.MaxConcurrentCalls, new CancellationTokenSource(), options.TimeProvider);
        _options = options;
        _calls = calls;
        _plugin = plugin as ExtendedPlugin ?? new ExtendedPlugin(plugin);
        _environment = new PluginEnvironment(options, new GuardedLogger(options.LoggerFactory.CreateLogger(plugin.Definition.Id)));
        _dispatcher = new RequestDispatcher(_plugin, _environment, calls);
        var exchanges = new ExchangeHandler(_dispatcher, _environment, stopping.Token, calls.Canceled);
        _connections = new ConnectionServer(
            new ConnectionHandler(exchanges, stopping.Token), _environment, stopping.Token);
        _lifetime = new ServerLifetime(_connections, _dispatcher, calls, options, stopping);
    }

    /// <summary>
    /// Completes when a <c>shutdown</c> request was answered and its connection is closed. The server goes on until it is
    /// stopped.
    /// </summary>
    public Task ShutdownAnswered => _connections.ShutdownAnswered;

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
        var authority = new AuthorityWatch(certificate.Authority, _environment.Logger, _options.TimeProvider);
        QuicTransportListener listener = await QuicTransportListener
            .BindAsync(
                address,
                certificate,
                _options.MaxConnections,
                _options.AnswerTimeout,
                _environment.Logger.QuicFault,
                authority.OnRefused,
                cancellationToken)
            .ConfigureAwait(false);
        await _connections.ServeAsync(listener).ConfigureAwait(false);
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
        await _connections.ServeAsync(listener).ConfigureAwait(false);
        return listener.LocalEndPoint;
    }

    /// <summary>
    /// Stops: takes no more requests, lets calls in flight and events that wait go on for
    /// <see cref="PluginServerOptions.StopTimeout"/>, cancels them, and closes every connection.
    /// </summary>
    /// <param name="cancellationToken">Cancels the calls in flight at once.</param>
    /// <returns>A task that ends when the server has stopped and others can listen on its addresses.</returns>
    public Task StopAsync(CancellationToken cancellationToken = default) => _lifetime.StopAsync(cancellationToken);

    /// <summary>Stops the server, see <see cref="StopAsync"/>.</summary>
    /// <returns>A task that ends when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>What surrounds the plugin's code.</summary>
    internal PluginEnvironment Surroundings => _environment;

    internal CallGate Calls => _calls;

    internal LifecycleCaller Lifecycle => _dispatcher.Lifecycle;

    /// <summary>Canceled when the server takes no more requests.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>Keeps the thread pool able to serve others while tools block; for a process that is this plugin's alone.</summary>
    internal PoolWatch WatchPool() => new(_calls, _options.MaxConcurrentCalls);

    /// <summary>Gives the memory of large messages back when there are none for a while; for a process that is this plugin's alone.</summary>
    internal IdleMemory WatchMemory() => new(_environment.Bytes, _options.TimeProvider, IdleMemory.GiveBack);

    /// <summary>How long a peer may answer nothing.</summary>
    internal TimeSpan AnswerTimeout => _options.AnswerTimeout;

    /// <summary>Whether there is a connection.</summary>
    internal bool IsConnected => !_connections.WhenEmpty().IsCompleted;

    /// <summary>Cuts off what is open, without waiting for anything.</summary>
    internal void Abort() => _connections.Abort();

    /// <summary>Serves the connections of a listener, which the server owns from now on.</summary>
    internal ValueTask ServeAsync(TransportListener listener) => _connections.ServeAsync(listener);

    /// <summary>Serves a connection within the process, which the server owns from now on.</summary>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    internal void Attach(InProcessConnection connection) => _connections.Attach(connection);
}
