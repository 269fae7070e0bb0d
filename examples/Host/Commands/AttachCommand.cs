using System.CommandLine;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Shell;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>attach HOST:PORT</c>: a shell for a plugin that somebody else starts, such as a debugger.</summary>
internal static class AttachCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static Command Create(GlobalOptions options)
    {
        var address = new Argument<string>("HOST:PORT") { Description = "what the plugin was given as --listen-addr" };
        return new Command("attach", "a shell for a plugin that runs already, such as in a debugger") { address }.Does(
            async (parsed, cancellationToken) =>
            {
                var plugin = new PluginEntry(parsed.GetRequiredValue(address));
                if (!plugin.IsAddress)
                {
                    throw new UsageException(
                        $"{plugin.Path} is no address: give what the plugin prints after READY, such as localhost:50200.");
                }

                HostOptions read = options.Read(parsed, [plugin]) with { IsDebugging = true };
                await using Ensemble ensemble = await Ensemble.StartEmptyAsync(read, cancellationToken);
                await Waiting.ForAsync(
                    $"waiting for a plugin that was started with --listen-addr {plugin.Path}",
                    explain => DialAsync(ensemble, plugin, explain, cancellationToken));
                return await ShellCommand.RunAsync(new ShellSession(ensemble, [plugin]), cancellationToken);
            });
    }

    /// <summary>Tries until the plugin is there.</summary>
    private static async Task<PluginSession> DialAsync(
        Ensemble ensemble, PluginEntry plugin, Action<string> explain, CancellationToken cancellationToken)
    {
        string told = "";
        while (true)
        {
            try
            {
                return await ensemble.AddAsync(new PreparedPlugin(plugin, Program: null), cancellationToken);
            }
            catch (PluginException exception) when (exception.InnerException is OrchestratorException reason)
            {
                if (reason.Message != told)
                {
                    explain(told = reason.Message);
                }
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }
}
