using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>A plugin's connection to the orchestrator that its command line names.</summary>
internal static class OrchestratorConnection
{
    /// <summary>The connection before it is made; null when no orchestrator is named.</summary>
    /// <param name="flags">The command line.</param>
    /// <param name="loggers">The log.</param>
    /// <param name="registration">What to register, now and whenever the connection was lost; null for nothing.</param>
    /// <param name="answerTimeout">After which an orchestrator that answers nothing is given up.</param>
    public static ReconnectingTransport? Create(
        PluginFlags flags, ILoggerFactory loggers, PluginManifest? registration, TimeSpan answerTimeout) =>
        flags.OrchestratorAddress.Length == 0
            ? null
            : new ReconnectingTransport(flags.OrchestratorAddress, new OrchestratorClientOptions
            {
                Registration = registration,
                LoggerFactory = loggers,
                Reconnect = flags.Transport == PluginTransport.Quic,
                AnswerTimeout = answerTimeout,
            });

    /// <summary>Makes it, and registers on it.</summary>
    /// <exception cref="OrchestratorException">The orchestrator cannot be reached or does not want the plugin.</exception>
    public static async Task ConnectAsync(
        ReconnectingTransport connection, PluginFlags flags, CertificateStore certificates, string pluginId, CancellationToken stopping)
    {
        Dialer dial = flags.Transport == PluginTransport.Tcp
            ? Dialers.Tcp(flags.OrchestratorAddress)
            : Dialers.Quic(
                flags.OrchestratorAddress,
                await certificates.EnsureCertificateAsync($"{pluginId}-client", stopping).ConfigureAwait(false),
                connection.Options.AnswerTimeout);
        await connection.ConnectAsync(dial, stopping).ConfigureAwait(false);
    }
}
