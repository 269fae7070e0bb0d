using System.CommandLine;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Shell;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>shell PLUGIN…</c></summary>
internal static class ShellCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string[]> names = CommandParts.Plugins();
        return new Command("shell", "a prompt with completion of tools and arguments, by their schemas") { names }.Does(
            async (parsed, cancellationToken) =>
            {
                IReadOnlyList<PluginEntry> plugins = PluginsFile.Expand(parsed.GetRequiredValue(names));
                HostOptions read = options.Read(parsed, plugins);
                IReadOnlyList<PreparedPlugin> prepared = await PreparedPlugin.PrepareAllAsync(read, plugins, cancellationToken);
                return await RunAsync(
                    new ShellSession(await Ensemble.StartAsync(read, prepared, cancellationToken), plugins), cancellationToken);
            });
    }

    public static async Task<bool> RunAsync(ShellSession session, CancellationToken cancellationToken)
    {
        await using (session)
        {
            bool succeeded = await new ShellLoop(session).RunAsync(cancellationToken);
            await session.EndAsync(cancellationToken);
            return succeeded;
        }
    }
}
