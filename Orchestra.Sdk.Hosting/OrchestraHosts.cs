using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orchestra.Sdk.Hosting;

/// <summary>Runs the plugin of a host.</summary>
public static class OrchestraHosts
{
    /// <summary>
    /// Runs the plugin as its command line says, as the program's last statement:
    /// <c>return await builder.Build().RunOrchestraPluginAsync(args);</c>. What the command line only asks for, such as <c>--manifest</c>, is
    /// printed without starting anything. Else the host is started, then the plugin listens; at the end the plugin's calls end first, then
    /// the host stops. A host that is told to stop (<see cref="IHostApplicationLifetime.StopApplication"/>) ends the plugin too.
    /// </summary>
    /// <param name="host">The host, to whose services <see cref="OrchestraServices.AddOrchestraPlugin"/> has added a plugin. It is disposed of.</param>
    /// <param name="args">The program's arguments, see <see cref="PluginFlags"/>.</param>
    /// <param name="cancellationToken">Ends the plugin cleanly, as a signal to the process does.</param>
    /// <returns>The exit code: 0 after a clean end, 1 after a failure, 2 for a wrong command line.</returns>
    /// <exception cref="InvalidOperationException">No plugin was added.</exception>
    public static Task<int> RunOrchestraPluginAsync(this IHost host, string[] args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        return PluginOf(host).RunAsync(host, args, cancellationToken);
    }

    /// <summary>
    /// Gives the plugin of a host as one that lives within this process, to test it with its services. The host is not started by it, and
    /// not disposed of.
    /// </summary>
    /// <param name="host">The host, to whose services <see cref="OrchestraServices.AddOrchestraPlugin"/> has added a plugin.</param>
    /// <returns>The plugin, ready for calls. <see cref="ExportedPlugin.BootAsync"/> fills the configuration.</returns>
    /// <exception cref="InvalidOperationException">No plugin was added.</exception>
    public static ExportedPlugin ExportOrchestraPlugin(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return PluginOf(host).Export();
    }

    private static HostedPlugin PluginOf(IHost host) => host.Services.GetService<HostedPlugin>()
        ?? throw new InvalidOperationException("the host has no plugin: add one by builder.Services.AddOrchestraPlugin<T>()");
}
