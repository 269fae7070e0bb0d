using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk;

/// <summary>
/// What stands around a plugin that runs as a program: a container of services that is started before it and stopped after it.
/// <c>Orchestra.Sdk.Hosting</c> has one for <c>Microsoft.Extensions.Hosting</c>; write one for another container.
/// </summary>
public interface IPluginHost
{
    /// <summary>
    /// Starts what the plugin needs, and makes its server. It is not called where the command line only asks for something, such as
    /// <c>--manifest</c>.
    /// </summary>
    /// <param name="start">The command line and the log.</param>
    /// <param name="cancellationToken">Canceled when the program is told to end before it is up.</param>
    /// <returns>The server, which listens nowhere yet.</returns>
    ValueTask<PluginServer> StartAsync(PluginStart start, CancellationToken cancellationToken);

    /// <summary>Stops it all again, and disposes of the plugin object. Not called where <see cref="StartAsync"/> has thrown.</summary>
    /// <param name="server">The server, which has stopped.</param>
    /// <returns>A task that ends when everything has stopped.</returns>
    ValueTask StopAsync(PluginServer server);
}

/// <summary>What a program knows when its plugin is about to run.</summary>
public sealed class PluginStart
{
    internal PluginStart(PluginFlags flags, ILoggerFactory loggerFactory, ILoggerFactory allLevels) =>
        (Flags, LoggerFactory, AllLevels) = (flags, loggerFactory, allLevels);

    /// <summary>The command line.</summary>
    public PluginFlags Flags { get; }

    /// <summary>The program's log, on standard error and in <c>--log-file</c>, down to the level of <c>--log-level</c>.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The same without regard to the level, for what has filters of its own.</summary>
    public ILoggerFactory AllLevels { get; }
}
