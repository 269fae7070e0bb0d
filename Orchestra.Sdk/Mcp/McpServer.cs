using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>Serves a plugin to clients of the Model Context Protocol, such as Claude Code, VS Code and Cursor.</summary>
public static class McpServer
{
    /// <summary>
    /// Serves a client that sends its messages on one stream and reads the answers on another: JSON-RPC, a message a line, in all
    /// revisions of MCP from 2024-11-05 to 2026-07-28. Before the first answer the plugin is booted, unless it was. It ends when the
    /// client ends its stream, takes no more answers, or the server stops; the shutdown hook is run by the server's stop.
    /// </summary>
    /// <param name="server">The plugin. It may serve any others at the same time.</param>
    /// <param name="input">What the client sends. A read that is under way at the end is left so.</param>
    /// <param name="output">What the client reads. Nothing else may be written to it. Neither stream is closed.</param>
    /// <param name="cancellationToken">
    /// Ends it: calls in flight may go on for <see cref="PluginServerOptions.StopTimeout"/>. It does not stop the server.
    /// </param>
    /// <returns>A task that ends when all is answered, or given up.</returns>
    public static Task RunMcpAsync(this PluginServer server, Stream input, Stream output, CancellationToken cancellationToken = default) =>
        RunMcpAsync(server, input, output, canChange: true, cancellationToken);

    // A plugin that runs as a program of its own has nobody who could add tools to it.

    internal static Task RunMcpAsync(
        PluginServer server, Stream input, Stream output, bool canChange, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return new McpSession(server, input, output, canChange, new CancellationTokenSource()).RunAsync(cancellationToken);
    }
}
