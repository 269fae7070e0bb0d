using Orchestra.Examples.Host.Orchestration;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>mcp PLUGIN…</c>: offers all that the plugins have as one MCP server on standard input and output.</summary>
internal sealed record McpCommand(HostOptions Options, IReadOnlyList<string> Plugins) : ICommand
{
    public Task<bool> RunAsync(CancellationToken cancellationToken) =>
        Orchestrator.RunAsync(Options with { With = [.. Options.With, .. Plugins.SkipLast(1)] }, Plugins[^1], async sessions =>
        {
            await using Stream input = Console.OpenStandardInput();
            await using Stream output = Console.OpenStandardOutput();
            await McpFront.RunAsync(sessions, input, output, cancellationToken);
            return true;
        }, cancellationToken);
}
