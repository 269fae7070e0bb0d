using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>A plugin that runs: it listens, registers, says so, and goes on until it is told to end.</summary>
/// <param name="definition">The plugin's constants.</param>
/// <param name="program">The program's name.</param>
/// <param name="host">Makes the plugin and its server, and ends them.</param>
/// <param name="streams">The process's.</param>
/// <param name="ownLoggers">Where the author wants the log; null for standard error.</param>
/// <param name="canChange">Whether the author may register tools while it runs.</param>
internal sealed class PluginProcess(
    PluginDefinition definition,
    string program,
    IPluginHost host,
    StandardStreams streams,
    ILoggerFactory? ownLoggers,
    bool canChange)
{
    /// <summary>How long the exit waits for the log, which a pipe that nobody reads would hold for ever.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    /// <summary>More than what comes at once: a file is slow for a moment, and not for ever.</summary>
    private const int FileCapacity = 16 * LogWriter.DefaultCapacity;

    private readonly ErrorTarget _errorTarget = streams.ErrorTarget();

    public async Task<int> RunAsync(PluginFlags flags, LogSettings settings, CancellationToken cancellationToken)
    {
        using LogFile? file = settings.File;
        using LogWriter? copy = file is null ? null : new LogWriter(file, capacity: FileCapacity) { WhyLost = "the log file was not written" };
        using var log = new LogWriter(streams.Error(), flags.Mcp ? null : streams.TakesAtOnce) { Copy = copy };
        using var errorLoggers = new LogWriterLoggerFactory(log, settings.Level);
        using var allLevels = new LogWriterLoggerFactory(log, LogLevel.Trace);
        ILoggerFactory loggers = ownLoggers ?? errorLoggers;
        var start = new PluginStart(flags, loggers, ownLoggers ?? allLevels);
        ILogger logger = loggers.CreateLogger(definition.Id);
        streams.Capture(log, logger);
        using var signals = new ShutdownSignals(TimeProvider.System, cancellationToken);
        int exitCode = ExitCode.Success;
        try
        {
            Task running = flags.Mcp
                ? new McpProcess(definition, program, host, streams, canChange).RunAsync(start, log, logger, signals.Token)
                : RunUntilStoppedAsync(start, log, logger, signals.Token);
            await running.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // Told to end before everything was up: as clean an end as any.
        }
        catch (Exception exception) when (exception is IOException or FormatException or NoServicesException)
        {
            log.WriteRequiredLine(LastLine(exception.Message));
            exitCode = ExitCode.Failure;
        }
        catch (Exception exception)
        {
            logger.PluginFailed(exception);
            log.WriteRequiredLine(LastLine(InnermostReason.Of(exception)));
            exitCode = ExitCode.Failure;
        }

        log.Flush(LastWords);
        return exitCode;
    }

    /// <summary>Why the program ends; a peer's words may be among it.</summary>
    private string LastLine(string reason) => new StringBuilder()
        .Append(program)
        .Append(": ")
        .AppendEscapedLines(reason, LogWriterLogger.NextLine, LogWriter.MaxLineLength)
        .ToString();

    private async Task RunUntilStoppedAsync(
        PluginStart start, LogWriter log, ILogger logger, CancellationToken stopping)
    {
        PluginFlags flags = start.Flags;

        // Before anything that takes time: a parent that is gone by the time it is looked for was never seen.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var ready = new TaskCompletionSource();
        bool isLaunched = _errorTarget == ErrorTarget.Pipe || flags.OrchestratorAddress.Length > 0;
        Task orphaned = isLaunched
            ? ParentProcess.WhenGoneAsync(ready.Task, TimeProvider.System, over.Token)
            : Task.Delay(Timeout.Infinite, over.Token);
        PluginServer server = await host.StartAsync(start, stopping).ConfigureAwait(false);
        ReconnectingTransport? connection = OrchestratorConnection.Create(
            flags, start.LoggerFactory, PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray()), server.AnswerTimeout);
        OrchestratorClient? orchestrator = connection is null ? null : OrchestratorClient.Over(connection);
        try
        {
            await using (server.ConfigureAwait(false))
            {
                // Calls may come before the registration is through: those that need the orchestrator wait for it.
                server.Orchestrator = orchestrator;
                var certificates = new CertificateStore(flags.CertsDirectory, logger);
                IPEndPoint endPoint = await ListenAsync(server, flags, certificates, stopping).ConfigureAwait(false);
                using var exit = new ExitGuard(server);
                using PoolWatch pool = server.WatchPool();
                using IdleMemory memory = server.WatchMemory();
                log.WriteRequiredLine($"READY {endPoint}");
                ready.SetResult();
                if (connection is not null)
                {
                    await OrchestratorConnection.ConnectAsync(connection, flags, certificates, definition.Id, stopping).ConfigureAwait(false);
                    logger.Registered(flags.OrchestratorAddress);
                }
                else if (_errorTarget == ErrorTarget.Terminal)
                {
                    log.WriteRequiredLine(TerminalGreeting.Of(definition, program, endPoint));
                }

                Task abandoned = isLaunched
                    ? UnreadLog.WhenAbandonedAsync(streams.IsUnread, () => server.IsConnected, TimeProvider.System, over.Token)
                    : Task.Delay(Timeout.Infinite, over.Token);
                Task gone = Task.WhenAny(orphaned, abandoned, log.RequiredLineLost).Unwrap();
                await WhenOverAsync(server, gone, logger, over.Token).ConfigureAwait(false);
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

    /// <summary>Waits until the plugin is shut down, told to stop, or an orphan.</summary>
    private static async Task WhenOverAsync(PluginServer server, Task orphaned, ILogger logger, CancellationToken over)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(over);
        Task first = await Task
            .WhenAny(server.ShutdownAnswered, orphaned, Task.Delay(Timeout.Infinite, ended.Token))
            .ConfigureAwait(false);
        if (first == orphaned && orphaned.IsCompletedSuccessfully)
        {
            logger.Orphaned();
        }

        await ended.CancelAsync().ConfigureAwait(false);
    }

    private async Task<IPEndPoint> ListenAsync(
        PluginServer server, PluginFlags flags, CertificateStore certificates, CancellationToken stopping)
    {
        if (flags.Transport == PluginTransport.Tcp)
        {
            return await server.ListenTcpAsync(flags.ListenAddress, stopping).ConfigureAwait(false);
        }

        PluginCertificate certificate = await certificates.EnsureCertificateAsync(definition.Id, stopping).ConfigureAwait(false);
        return await server.ListenAsync(flags.ListenAddress, certificate, stopping).ConfigureAwait(false);
    }
}
