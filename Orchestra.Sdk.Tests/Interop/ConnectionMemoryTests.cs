using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What connections cost a server; the clients are in another process.</summary>
[Category("Process")]
internal sealed class ConnectionMemoryTests
{
    private const int Count = 200;
    private const long Limit = 100_000;

    [Test]
    public async Task An_idle_connection_costs_less_than_100_kB()
    {
        using var certificates = new TemporaryFolder();
        var store = new CertificateStore(certificates.Path);
        await store.EnsureCertificateAsync("orchestrator-to-peer");
        await using var server = PluginServer.Create(new EchoPlugin());
        string address = (await server.ListenAsync("localhost:0", await store.EnsureCertificateAsync(EchoPlugin.Id))).ToString();
        await using PeerClient client = await GoPeer.StartClientAsync(certificates.Path);
        for (int i = 0; i < 10; i++)
        {
            await client.DialAsync(address);
        }

        // Each makes a call, and is idle then.
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Count; i++)
        {
            await client.DialAsync(address);
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        await TestContext.Out.WriteLineAsync($"{each} bytes a connection");
        Assert.That(each, Is.LessThan(Limit));
    }
}
