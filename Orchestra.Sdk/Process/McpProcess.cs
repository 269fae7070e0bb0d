using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Mcp;

namespace Orchestra.Sdk;

/// <summary>A plugin that runs as an MCP server: no listener, no certificates, no READY; it ends with its client.</summary>
/// <param name="definition">The plugin's constants.</param>
/// <param name="program">The program's name.</param>
/// <param name="host">Makes the plugin and its server, and ends them.</param>
/// <param name="streams">The process's.</param>
/// <param name="canChange">Whether the author may register tools while it runs.</param>
internal sealed class McpProcess(
    PluginDefinition definition,
    string program,
    IPluginHost host,
    StandardStreams streams,
    bool canChange)
{
    public async Task RunAsync(
        PluginStart start, LogWriter log, ILogger logger, CancellationToken stopping)
    {
        PluginFlags flags = start.Flags;

        // Before anything that takes time: a parent that is gone by the time it is looked for was never seen.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        bool isTyped = streams.IsTyped();
        Task orphaned = isTyped
            ? Task.Delay(Timeout.Infinite, over.Token)
            : ParentProcess.WhenGoneAsync(Task.CompletedTask, TimeProvider.System, over.Token);
        Stream output = streams.Messages();
        Stream input = streams.Input();
        KeepThreadForReading();
        PluginServer server = await host.StartAsync(start, stopping).ConfigureAwait(false);
        ReconnectingTransport? connection = OrchestratorConnection.Create(flags, start.LoggerFactory, registration: null, server.AnswerTimeout);
        OrchestratorClient? orchestrator = connection is null ? null : OrchestratorClient.Over(connection);
        try
        {
            await using (server.ConfigureAwait(false))
            {
                server.Orchestrator = orchestrator;
                using PoolWatch pool = server.WatchPool();
                if (isTyped)
                {
                    log.WriteRequiredLine(TerminalGreeting.OfMcp(definition, program));
                }

                // Calls that need the orchestrator wait for it; all others do not.
                Task connecting = connection is null
                    ? Task.Delay(Timeout.Infinite, over.Token)
                    : ConnectAsync(connection, flags, logger, over.Token);
                Task serving = McpServer.RunMcpAsync(server, input, output, canChange, over.Token);
                Task first = await Task.WhenAny(serving, orphaned, connecting).ConfigureAwait(false);
                if (first == orphaned && orphaned.IsCompletedSuccessfully)
                {
                    logger.Orphaned();
                }

                await over.CancelAsync().ConfigureAwait(false);
                await serving.ConfigureAwait(false);
                if (connecting.IsFaulted)
                {
                    await connecting.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            // Not before the server: the calls that it lets end may still need it.
            if (orchestrator is not null)
            {
                await orchestrator.DisposeAsync().ConfigureAwait(false);
            }

            await host.StopAsync(server).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A read of standard input keeps a thread of the pool, which may have one only.</summary>
    private static void KeepThreadForReading()
    {
        ThreadPool.GetMinThreads(out int workers, out int completionPorts);
        ThreadPool.SetMinThreads(workers + 1, completionPorts);
    }

    /// <summary>Connects to the orchestrator, and goes on for ever then.</summary>
    private async Task ConnectAsync(ReconnectingTransport connection, PluginFlags flags, ILogger logger, CancellationToken over)
    {
        var certificates = new CertificateStore(flags.CertsDirectory, logger);
        await OrchestratorConnection.ConnectAsync(connection, flags, certificates, definition.Id, over).ConfigureAwait(false);
        await Task.Delay(Timeout.Infinite, over).ConfigureAwait(false);
    }
}
