using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>Runs a plugin class as a program; or is the plugin that a <see cref="PluginBuilder"/> has built.</summary>
public sealed class Plugin : IAsyncDisposable
{
    private readonly PluginManifest _manifest;
    private readonly DeferredLoggerFactory _loggers;
    private readonly ILoggerFactory? _ownLoggers;

    internal Plugin(
        PluginManifest manifest, PluginServer server, DeferredLoggerFactory loggers, ILoggerFactory? ownLoggers, PluginFlags defaults)
    {
        _ownLoggers = ownLoggers;
        _manifest = manifest;
        _loggers = loggers;
        Server = server;
        Flags = defaults;
    }

    /// <summary>The manifest, a copy.</summary>
    public PluginManifest Manifest => _manifest.Clone();

    /// <summary>Answers the plugin's requests, and takes more tools, prompts and subscriptions at any time.</summary>
    public PluginServer Server { get; }

    /// <summary>The orchestrator, once the plugin has registered with it; <see langword="null"/> before and without one.</summary>
    public OrchestratorClient? OrchestratorClient => Server.Orchestrator;

    /// <summary>What <see cref="RunAsync(CancellationToken)"/> goes by: the builder's values, or those of <see cref="ParseFlags"/>.</summary>
    public PluginFlags Flags { get; private set; }

    /// <summary>Reads a command line; what it does not say is as the builder said.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <returns>The flags.</returns>
    /// <exception cref="FormatException">A flag is not known, lacks its value, or has one that cannot be read.</exception>
    public PluginFlags ParseFlags(IReadOnlyList<string> args) => Flags = PluginFlags.Parse(args, Flags);

    /// <summary>Runs the plugin as a program, as <see cref="RunAsync{TPlugin}(string[])"/> does. To be called once.</summary>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    public Task<int> RunAsync(string[] args) => RunAsync(args, CancellationToken.None);

    /// <summary>Runs the plugin as a program, as <see cref="RunAsync{TPlugin}(string[])"/> does. To be called once.</summary>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <param name="cancellationToken">Ends the plugin cleanly, as a signal to the process does.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    public Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(args);
        return CreateRunner().RunAsync(args, Flags, cancellationToken);
    }

    /// <summary>Runs the plugin as a program by its <see cref="Flags"/>. To be called once.</summary>
    /// <param name="cancellationToken">Ends the plugin cleanly, as a signal to the process does.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => CreateRunner().RunAsync(Flags, cancellationToken);

    /// <summary>Stops the server, and disposes of the plugin object if there is one that wants it.</summary>
    /// <returns>A task that ends when the plugin has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().ConfigureAwait(false);
        await Server.Plugin.DisposeAsync().ConfigureAwait(false);
    }

    private PluginRunner CreateRunner() => new(Server.Plugin.Definition, UseLog, StandardStreams.OfProcess, Server.Plugin, _ownLoggers);

    private PluginServer UseLog(ILoggerFactory loggers)
    {
        _loggers.SetTarget(loggers);
        return Server;
    }

    /// <summary>
    /// Runs the plugin as its command line says, usually until the orchestrator shuts it down or the process is told to end.
    /// To be called once, as the program's last statement: <c>return await Plugin.RunAsync&lt;Greeter&gt;(args);</c>.
    /// </summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    /// <example>
    /// <code>
    /// using Orchestra.Sdk;
    ///
    /// return await Plugin.RunAsync&lt;Greeter&gt;(args);
    /// </code>
    /// </example>
    public static Task<int> RunAsync<TPlugin>(string[] args)
        where TPlugin : class, IPlugin<TPlugin>, new() =>
        RunAsync(args, static () => new TPlugin(), CancellationToken.None);

    /// <summary>Runs a plugin that <paramref name="factory"/> makes, see <see cref="RunAsync{TPlugin}(string[])"/>.</summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <param name="factory">
    /// Makes the plugin, after the flags are read. A plugin that is <see cref="IAsyncDisposable"/> or
    /// <see cref="IDisposable"/> is disposed of at the end.
    /// </param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    /// <example>
    /// <code>
    /// using Orchestra.Sdk;
    ///
    /// return await Plugin.RunAsync(args, () =&gt; new Clock(TimeProvider.System));
    ///
    /// /// &lt;summary&gt;Tells the time.&lt;/summary&gt;
    /// [Plugin("tools.clock")]
    /// public sealed partial class Clock(TimeProvider time)
    /// {
    ///     /// &lt;summary&gt;Tell the time.&lt;/summary&gt;
    ///     [Tool(ReadOnly = true)]
    ///     public DateTimeOffset Now() =&gt; time.GetLocalNow();
    /// }
    /// </code>
    /// </example>
    public static Task<int> RunAsync<TPlugin>(string[] args, Func<TPlugin> factory)
        where TPlugin : class, IPlugin<TPlugin> => RunAsync(args, factory, CancellationToken.None);

    /// <summary>Runs a plugin that <paramref name="factory"/> makes, see <see cref="RunAsync{TPlugin}(string[])"/>.</summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <param name="factory">
    /// Makes the plugin, after the flags are read. A plugin that is <see cref="IAsyncDisposable"/> or
    /// <see cref="IDisposable"/> is disposed of at the end.
    /// </param>
    /// <param name="cancellationToken">Ends the plugin cleanly, as a signal to the process does.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    public static Task<int> RunAsync<TPlugin>(
        string[] args, Func<TPlugin> factory, CancellationToken cancellationToken)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(factory);
        return RunAsync(args, factory, services: null, cancellationToken);
    }

    /// <summary>
    /// Runs a plugin that has parameters with <see cref="FromServicesAttribute">[FromServices]</see>, see
    /// <see cref="RunAsync{TPlugin}(string[])"/>.
    /// </summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <param name="services">Where these parameters come from; it is not disposed of.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    public static Task<int> RunAsync<TPlugin>(string[] args, IServiceProvider services)
        where TPlugin : class, IPlugin<TPlugin>, new() =>
        RunAsync(args, services, static _ => new TPlugin(), CancellationToken.None);

    /// <summary>
    /// Runs a plugin that <paramref name="factory"/> makes and that has parameters with
    /// <see cref="FromServicesAttribute">[FromServices]</see>, see <see cref="RunAsync{TPlugin}(string[])"/>.
    /// </summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <param name="services">Where these parameters come from; it is not disposed of.</param>
    /// <param name="factory">
    /// Makes the plugin of the services, after the flags are read. A plugin that is <see cref="IAsyncDisposable"/> or
    /// <see cref="IDisposable"/> is disposed of at the end.
    /// </param>
    /// <param name="cancellationToken">Ends the plugin cleanly, as a signal to the process does.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    public static Task<int> RunAsync<TPlugin>(
        string[] args, IServiceProvider services, Func<IServiceProvider, TPlugin> factory, CancellationToken cancellationToken = default)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(factory);
        return RunAsync(args, () => factory(services), services, cancellationToken);
    }

    /// <summary>
    /// Runs a plugin with something around it that is started before it and stopped after it, see <see cref="RunAsync{TPlugin}(string[])"/>.
    /// </summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <param name="host">Starts it, makes the plugin's server, and stops it.</param>
    /// <param name="cancellationToken">Ends the plugin cleanly, as a signal to the process does.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    public static Task<int> RunAsync<TPlugin>(string[] args, IPluginHost host, CancellationToken cancellationToken)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(host);
        return new PluginRunner(TPlugin.Definition, host, StandardStreams.OfProcess).RunAsync(args, cancellationToken);
    }

    private static Task<int> RunAsync<TPlugin>(
        string[] args, Func<TPlugin> factory, IServiceProvider? services, CancellationToken cancellationToken)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(args);
        var runner = new PluginRunner(TPlugin.Definition, CreateServer, StandardStreams.OfProcess);
        return runner.RunAsync(args, cancellationToken);

        PluginServer CreateServer(ILoggerFactory loggers)
        {
            // Before the plugin is made, which nobody would dispose of.
            var options = new PluginServerOptions { LoggerFactory = loggers, Services = services };
            NoServicesException.ThrowIfNeeded(TPlugin.Definition, options);
            return PluginServer.Create(PluginInstance.Of(factory()), options);
        }
    }
}
