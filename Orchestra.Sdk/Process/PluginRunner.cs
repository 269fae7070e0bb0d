using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Describing;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>What a plugin program does from its first argument to its exit code.</summary>
/// <param name="definition">The plugin's constants.</param>
/// <param name="createServer">Makes the plugin and its server, with the log that they write to.</param>
/// <param name="streams">The process's.</param>
/// <param name="built">The plugin, when it was made before by a builder: it may have more than its definition says.</param>
internal sealed partial class PluginRunner(
    PluginDefinition definition,
    Func<ILoggerFactory, PluginServer> createServer,
    StandardStreams streams,
    PluginInstance? built = null)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongUsage = 2;

    /// <summary>How long the exit waits for the log, which a pipe that nobody reads would hold for ever.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly string _program = ProgramName(Environment.ProcessPath) ?? definition.Id;

    public Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        RunAsync(args, new PluginFlags(), cancellationToken);

    public Task<int> RunAsync(IReadOnlyList<string> args, PluginFlags defaults, CancellationToken cancellationToken)
    {
        PluginFlags flags;
        try
        {
            flags = PluginFlags.Parse(args, defaults);
        }
        catch (FormatException exception)
        {
            return Task.FromResult(Print(streams.Error, $"{exception.Message}\n{PluginFlags.Usage(_program)}", WrongUsage));
        }

        return RunAsync(flags, cancellationToken);
    }

    public Task<int> RunAsync(PluginFlags flags, CancellationToken cancellationToken)
    {
        if (flags.Help)
        {
            return Task.FromResult(Print(streams.Output, PluginFlags.Usage(_program), Success));
        }

        if (flags.Manifest)
        {
            return Task.FromResult(Print(streams.Output, [.. definition.ManifestJson, (byte)'\n'], Success));
        }

        if (flags.Describe is { } format)
        {
            PluginDescription description = built is null ? new(definition) : new(built);
            string text = format == DescriptionFormat.Markdown ? MarkdownDescription.Of(description) : JsonDescription.Of(description);
            return Task.FromResult(Print(streams.Output, text, Success));
        }

        return flags.Version
            ? Task.FromResult(Print(streams.Output, $"{definition.Id} {definition.Version}\n", Success))
            : ServeAsync(flags, cancellationToken);
    }

    /// <summary>A program may be named by its plugin's id, in which there are dots.</summary>
    internal static string? ProgramName(string? path)
    {
        string? name = Path.GetFileName(path);
        return name is not null && name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }

    private static int Print(Func<Stream> target, string text, int exitCode) =>
        Print(target, Encoding.UTF8.GetBytes(text), exitCode);

    private static int Print(Func<Stream> target, byte[] text, int exitCode)
    {
        try
        {
            using Stream stream = target();
            stream.Write(text);
            stream.Flush();
            return exitCode;
        }
        catch (IOException)
        {
            return Failure;
        }
    }

    private async Task<int> ServeAsync(PluginFlags flags, CancellationToken cancellationToken)
    {
        using var log = new LogWriter(streams.Error());
        using var loggers = new LogWriterLoggerFactory(log);
        ILogger logger = loggers.CreateLogger(definition.Id);
        streams.Capture(log, logger);
        using var signals = new ShutdownSignals(TimeProvider.System, cancellationToken);
        int exitCode = Success;
        try
        {
            await RunUntilStoppedAsync(flags, log, loggers, logger, signals.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // Told to end before everything was up: as clean an end as any.
        }
        catch (Exception exception) when (exception is IOException or FormatException or NoServicesException)
        {
            log.WriteRequiredLine(LastLine(exception.Message));
            exitCode = Failure;
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
            exitCode = Failure;
        }

        log.Flush(LastWords);
        return exitCode;
    }

    /// <summary>Why the program ends; a peer's words may be among it.</summary>
    private string LastLine(string reason) => new StringBuilder()
        .Append(_program)
        .Append(": ")
        .AppendEscapedLines(reason, LogWriterLogger.NextLine, LogWriter.MaxLineLength)
        .ToString();

    private async Task RunUntilStoppedAsync(
        PluginFlags flags, LogWriter log, ILoggerFactory loggers, ILogger logger, CancellationToken stopping)
    {
        // Before anything that takes time: a parent that is gone by the time it is looked for was never seen.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        bool isLaunched = streams.ErrorTarget == ErrorTarget.Pipe || flags.OrchestratorAddress.Length > 0;
        Task orphaned = isLaunched
            ? ParentProcess.WhenGoneAsync(TimeProvider.System, over.Token)
            : Task.Delay(Timeout.Infinite, over.Token);
        PluginServer server = createServer(loggers);
        OrchestratorClient? orchestrator = null;
        try
        {
            await using (server.ConfigureAwait(false))
            {
                // Calls may come before the registration is through: those that need the orchestrator wait for it.
                var options = new OrchestratorClientOptions
                {
                    Registration = PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray()),
                    LoggerFactory = loggers,
                };
                Action<OrchestratorClient>? registered = null;
                if (flags.OrchestratorAddress.Length > 0)
                {
                    server.Orchestrator = OrchestratorClient.Pending(flags.OrchestratorAddress, options, out registered);
                }

                var certificates = new CertificateStore(flags.CertsDirectory, logger);
                IPEndPoint endPoint = flags.Transport == PluginTransport.Tcp
                    ? await server.ListenTcpAsync(flags.ListenAddress, stopping).ConfigureAwait(false)
                    : await ListenAsync(server, flags.ListenAddress, certificates, stopping).ConfigureAwait(false);
                log.WriteRequiredLine($"READY {endPoint}");
                if (registered is not null)
                {
                    orchestrator = await RegisterAsync(flags, options, certificates, stopping).ConfigureAwait(false);
                    registered(orchestrator);
                    server.Orchestrator = orchestrator;
                    LogRegistered(logger, flags.OrchestratorAddress);
                }
                else if (streams.ErrorTarget == ErrorTarget.Terminal)
                {
                    log.WriteRequiredLine(Greeting.Of(definition, _program, endPoint));
                }

                await WhenOverAsync(server, orphaned, logger, over.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            // Not before the server: the calls that it lets end may still need it.
            if (orchestrator is not null)
            {
                await orchestrator.DisposeAsync().ConfigureAwait(false);
            }

            await server.Plugin.DisposeAsync().ConfigureAwait(false);
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
            LogOrphaned(logger);
        }

        await ended.CancelAsync().ConfigureAwait(false);
    }

    private async Task<IPEndPoint> ListenAsync(
        PluginServer server, string address, CertificateStore certificates, CancellationToken stopping)
    {
        PluginCertificate certificate = await certificates.EnsureCertificateAsync(definition.Id, stopping).ConfigureAwait(false);
        return await server.ListenAsync(address, certificate, stopping).ConfigureAwait(false);
    }

    /// <summary>Registers with the orchestrator, now and whenever the connection to it was lost.</summary>
    /// <exception cref="OrchestratorException">It cannot be reached or does not want the plugin.</exception>
    private async Task<OrchestratorClient> RegisterAsync(
        PluginFlags flags, OrchestratorClientOptions options, CertificateStore certificates, CancellationToken stopping)
    {
        if (flags.Transport == PluginTransport.Tcp)
        {
            return await OrchestratorClient
                .ConnectTcpAsync(flags.OrchestratorAddress, options, stopping)
                .ConfigureAwait(false);
        }

        PluginCertificate certificate =
            await certificates.EnsureCertificateAsync($"{definition.Id}-client", stopping).ConfigureAwait(false);
        return await OrchestratorClient
            .ConnectAsync(flags.OrchestratorAddress, certificate, options, stopping)
            .ConfigureAwait(false);
    }

    [LoggerMessage(20, LogLevel.Information, "registered with the orchestrator at {Address}")]
    private static partial void LogRegistered(ILogger logger, string address);

    [LoggerMessage(22, LogLevel.Warning, "the process that started the plugin is gone; the plugin ends")]
    private static partial void LogOrphaned(ILogger logger);

    [LoggerMessage(21, LogLevel.Critical, "the plugin failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
