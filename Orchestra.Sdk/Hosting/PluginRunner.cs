using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>What a plugin program does from its first argument to its exit code.</summary>
internal sealed partial class PluginRunner(
    PluginDefinition definition, Func<PluginInstance> createInstance, StandardStreams streams)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongUsage = 2;

    /// <summary>How long the exit waits for the log, which a pipe that nobody reads would hold for ever.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly string _program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? definition.Id;

    public Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        PluginFlags flags;
        try
        {
            flags = PluginFlags.Parse(args);
        }
        catch (FormatException exception)
        {
            return Task.FromResult(Print(streams.Error, $"{exception.Message}\n{PluginFlags.Usage(_program)}", WrongUsage));
        }

        if (flags.Help)
        {
            return Task.FromResult(Print(streams.Output, PluginFlags.Usage(_program), Success));
        }

        if (flags.Manifest)
        {
            return Task.FromResult(Print(streams.Output, [.. definition.ManifestJson, (byte)'\n'], Success));
        }

        return flags.Version
            ? Task.FromResult(Print(streams.Output, $"{definition.Id} {definition.Version}\n", Success))
            : ServeAsync(flags, cancellationToken);
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
        streams.RedirectConsole(log);
        using var loggers = new LogWriterLoggerFactory(log);
        ILogger logger = loggers.CreateLogger(definition.Id);
        using var signals = new ShutdownSignals(cancellationToken);
        int exitCode = Success;
        try
        {
            await RunUntilStoppedAsync(flags, log, loggers, logger, signals.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // Told to end before everything was up: as clean an end as any.
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            log.WriteRequiredLine($"{_program}: {exception.Message}");
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

    private async Task RunUntilStoppedAsync(
        PluginFlags flags, LogWriter log, ILoggerFactory loggers, ILogger logger, CancellationToken stopping)
    {
        PluginInstance plugin = createInstance();
        try
        {
            var server = PluginServer.Create(plugin, new PluginServerOptions { LoggerFactory = loggers });
            await using (server.ConfigureAwait(false))
            {
                var certificates = new CertificateStore(flags.CertsDirectory, logger);
                IPEndPoint endPoint = flags.Transport == PluginTransport.Tcp
                    ? await server.ListenTcpAsync(flags.ListenAddress, stopping).ConfigureAwait(false)
                    : await ListenAsync(server, flags.ListenAddress, certificates, stopping).ConfigureAwait(false);
                log.WriteRequiredLine($"READY {endPoint}");
                if (flags.OrchestratorAddress.Length > 0)
                {
                    await RegisterAsync(flags, certificates, stopping).ConfigureAwait(false);
                    LogRegistered(logger, flags.OrchestratorAddress);
                }

                await Task.WhenAny(server.ShutdownAnswered, Task.Delay(Timeout.Infinite, stopping)).ConfigureAwait(false);
            }
        }
        finally
        {
            await plugin.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IPEndPoint> ListenAsync(
        PluginServer server, string address, CertificateStore certificates, CancellationToken stopping)
    {
        PluginCertificate certificate = await certificates.EnsureCertificateAsync(definition.Id, stopping).ConfigureAwait(false);
        return await server.ListenAsync(address, certificate, stopping).ConfigureAwait(false);
    }

    /// <exception cref="OrchestratorException">It cannot be reached or does not want the plugin.</exception>
    private async Task RegisterAsync(PluginFlags flags, CertificateStore certificates, CancellationToken stopping)
    {
        string address = flags.OrchestratorAddress;
        OrchestratorClient client = flags.Transport == PluginTransport.Tcp
            ? await OrchestratorClient.ConnectTcpAsync(address, stopping).ConfigureAwait(false)
            : await ConnectAsync(address, certificates, stopping).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            var request = new PluginRequest { Register = PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray()) };
            PluginResponse response = await client.SendAsync(request, stopping).ConfigureAwait(false);
            if (response.Register is not { Accepted: true })
            {
                throw new OrchestratorException(address, $"registration with {address} was rejected: {ReasonOf(response)}");
            }
        }
    }

    private async Task<OrchestratorClient> ConnectAsync(string address, CertificateStore certificates, CancellationToken stopping)
    {
        PluginCertificate certificate =
            await certificates.EnsureCertificateAsync($"{definition.Id}-client", stopping).ConfigureAwait(false);
        return await OrchestratorClient.ConnectAsync(address, certificate, stopping).ConfigureAwait(false);
    }

    private static string ReasonOf(PluginResponse response) => response.ResponseCase switch
    {
        PluginResponse.ResponseOneofCase.Register when response.Register.RejectReason.Length > 0 =>
            response.Register.RejectReason,
        PluginResponse.ResponseOneofCase.Register => "no reason was given",
        PluginResponse.ResponseOneofCase.ToolCall => response.ToolCall.ErrorMessage,
        var other => $"the answer to register was {other}",
    };

    [LoggerMessage(20, LogLevel.Information, "registered with the orchestrator at {Address}")]
    private static partial void LogRegistered(ILogger logger, string address);

    [LoggerMessage(21, LogLevel.Critical, "the plugin failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
