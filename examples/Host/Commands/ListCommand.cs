using System.CommandLine;
using Orchestra.Examples.Host.Actions;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>list PLUGIN</c></summary>
internal static class ListCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> plugin = CommandParts.Plugin();
        return new Command("list", "what the plugin provides") { plugin }.Does(options, plugin, (_, ensemble, _) =>
        {
            ListAction.Run(ensemble);
            return Task.FromResult(true);
        });
    }
}
