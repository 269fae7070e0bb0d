using System.CommandLine;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>mcp PLUGIN…</c></summary>
internal static class McpCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string[]> names = CommandParts.Plugins();
        return new Command("mcp", "offers the plugins to an AI client, as one MCP server on stdin and stdout") { names }.Does(
            (parsed, cancellationToken) =>
            {
                IReadOnlyList<PluginEntry> plugins = PluginsFile.Expand(parsed.GetRequiredValue(names));
                return Ensemble.RunAsync(options.Read(parsed, plugins), plugins, async ensemble =>
                {
                    await using Stream input = Console.OpenStandardInput();
                    await using Stream output = Console.OpenStandardOutput();
                    await McpFront.RunAsync(ensemble.Sessions, input, output, cancellationToken);
                    return true;
                }, cancellationToken);
            });
    }
}
