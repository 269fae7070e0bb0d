using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Somebody deletes all certificates, and others make new ones, while a plugin runs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReplacedAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _other = new();
    private readonly CapturingLoggerFactory _log = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Test]
    public async Task Is_warned_of_once_when_a_peer_is_refused()
    {
        await using PluginServer server = PluginServer.Create(
            new TestPlugin(), new PluginServerOptions { LoggerFactory = _log, TimeProvider = _time });
        PluginCertificate certificate = await EnsureAsync(_folder, "tools.test");
        string address = (await server.ListenAsync("localhost:0", certificate)).ToString();

        // A stranger, while the authority is as it was.
        await AssertRefusedAsync(address, await EnsureAsync(_other, "orchestrator-to-tools.test"));
        Assert.That(Warnings(), Is.Empty);

        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }

        PluginCertificate ofNew = await EnsureAsync(_folder, "orchestrator-to-tools.test");
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await AssertRefusedAsync(address, ofNew);
        }

        // The server may learn of the last refusal after the client.
        Assert.That(() => Warnings().Length, Is.EqualTo(1).After(10_000, 1));
        Assert.That(Warnings().Single(), Is.EqualTo(
            $"the authority {certificate.Authority.CertificatePath} was replaced while this process runs, and a peer was refused: "
            + "peers with certificates of the new one are, until a restart"));
    }

    private static Task<PluginCertificate> EnsureAsync(TemporaryFolder folder, string name) =>
        new CertificateStore(folder.Path).EnsureCertificateAsync(name);

    private static async Task AssertRefusedAsync(string address, PluginCertificate certificate) =>
        await Assert.ThatAsync(() => OrchestratorClient.ConnectAsync(address, certificate).Guarded(), Throws.TypeOf<OrchestratorException>());

    private string[] Warnings() =>
        [.. _log.Entries.Where(static entry => entry.Level == LogLevel.Warning).Select(static entry => entry.Message)];
}
