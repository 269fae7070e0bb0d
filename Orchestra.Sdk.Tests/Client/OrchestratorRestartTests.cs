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
        await second.ListenAsync(address, certificate);

        Assert.That((await client.HealthAsync().Guarded()).Message, Is.EqualTo("ok"));
    }
}
