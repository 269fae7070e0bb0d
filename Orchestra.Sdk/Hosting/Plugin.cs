using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk;

/// <summary>Runs a plugin class as a program.</summary>
public sealed class Plugin
{
    private Plugin()
    {
    }

    /// <summary>
    /// Runs the plugin as its command line says, usually until the orchestrator shuts it down or the process is told to end.
    /// To be called once, as the program's last statement: <c>return await Plugin.RunAsync&lt;Greeter&gt;(args);</c>.
    /// </summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
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
    /// <param name="cancellationToken">Ends the plugin cleanly, as a signal to the process does.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    public static Task<int> RunAsync<TPlugin>(
        string[] args, Func<TPlugin> factory, CancellationToken cancellationToken = default)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(factory);
        var runner = new PluginRunner(TPlugin.Definition, () => PluginInstance.Of(factory()), StandardStreams.OfProcess);
        return runner.RunAsync(args, cancellationToken);
    }
}
