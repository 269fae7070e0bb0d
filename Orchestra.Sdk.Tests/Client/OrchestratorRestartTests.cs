using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Client;

/// <summary>Over QUIC, with a server in the place of the orchestrator.</summary>
internal sealed class OrchestratorRestartTests
{
    [Test]
    public async Task Goes_on_with_an_orchestrator_that_was_restarted()
    {
        using var folder = new TemporaryFolder();
        var certificates = new CertificateStore(folder.File("certs"));
        PluginCertificate certificate = await certificates.EnsureCertificateAsync("orchestrator");
        PluginServer first = PluginServer.Create(new TestPlugin());
        string address = (await first.ListenAsync("localhost:0", certificate)).ToString();
        var options = new OrchestratorClientOptions
        {
            Registration = TestPlugin.Manifest,
            ConnectionWait = Timeout.InfiniteTimeSpan,
        };
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(
            address, await certificates.EnsureCertificateAsync("tools.test-client"), options);
        Assert.That((await client.HealthAsync().Guarded()).Message, Is.EqualTo("ok"));

        await first.StopAsync().Guarded();
        await using PluginServer second = PluginServer.Create(new TestPlugin());
        using var timeout = new CancellationTokenSource(HangGuard.Limit);
        while (!await IsListeningAsync(second, address, certificate))
        {
            // The last connection of the first one drains for a moment.
            await Task.Delay(10, timeout.Token);
        }

        Assert.That((await client.HealthAsync().Guarded()).Message, Is.EqualTo("ok"));
    }

    private static async Task<bool> IsListeningAsync(PluginServer server, string address, PluginCertificate certificate)
    {
        try
        {
            await server.ListenAsync(address, certificate);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
