using System.Diagnostics;
using System.Text.Json;
using Orchestra.Quic.Protection;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A plugin on a processor without instructions for AES, or what takes itself to be on one: it and its peers speak ChaCha20.</summary>
[Category("Process")]
internal sealed class WithoutAesInstructionsTests
{
    private const string Id = "tools.built";
    private const string ReadyPrefix = "READY ";

    private TemporaryFolder _certificates = null!;

    [SetUp]
    public async Task MakeCertificates()
    {
        _certificates = new TemporaryFolder();
        var store = new CertificateStore(_certificates.Path);
        foreach (string name in new[] { Id, $"{Id}-client", "orchestrator-to-peer", "orchestrator", "quiche.peer" })
        {
            await store.EnsureCertificateAsync(name);
        }
    }

    [TearDown]
    public void Remove() => _certificates.Dispose();

    [TestCase(PeerBaselineTests.Peer.Go)]
    [TestCase(PeerBaselineTests.Peer.Quiche)]
    public async Task Is_called(PeerBaselineTests.Peer kind)
    {
        await using ChildProcess plugin = Start();
        string address = await ReadyAddressAsync(plugin);
        await using PeerClient client = kind == PeerBaselineTests.Peer.Go
            ? await GoPeer.StartClientAsync(_certificates.Path)
            : await QuichePeer.StartClientAsync(_certificates.Path);

        PeerConnection connection = await client.DialAsync(new PeerDial(address) { Probe = false });
        PeerCallsReport report = await client.CallAsync(
            new PeerCalls { Count = 500, Callers = 8, Tool = "ping", Arguments = "{}", Expected = """{"text":"pong"}""" });

        Assert.That((report.Calls, report.Failed, report.Error), Is.EqualTo((500L, 0L, (PeerError?)null)));
        if (kind == PeerBaselineTests.Peer.Go)
        {
            Assert.That((CipherSuite)connection.CipherSuite, Is.EqualTo(CipherSuite.ChaCha20Poly1305Sha256));
        }
    }

    // A Retry's tag is of AES whatever the suite.
    [Test]
    public async Task Registers_with_a_Go_peer_that_answers_with_a_Retry()
    {
        await using PeerServer peer = await GoPeer.ServeAsync(
            _certificates.Path, new GoServer { Id = "orchestrator", ReadFin = true, Retry = true });
        await using ChildProcess plugin = Start("--orchestrator-addr", peer.Address);
        await ReadyAddressAsync(plugin);

        IReadOnlyList<JsonElement> requests = await peer.RequestsAsync();
        while (requests.Count == 0)
        {
            requests = await peer.RequestsAsync();
        }

        Assert.That(requests[0].GetProperty("register").GetProperty("id").GetString(), Is.EqualTo(Id));
    }

    private ChildProcess Start(params string[] flags)
    {
        string[] command = BuiltPluginProcess.CommandLine(["--certs-dir", _certificates.Path, .. flags]);
        return ChildProcess.Start(new ProcessStartInfo(command[0], command[1..]) { Environment = { ["DOTNET_EnableAES"] = "0" } });
    }

    private static async Task<string> ReadyAddressAsync(ChildProcess plugin)
    {
        string line = await plugin.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        return line[ReadyPrefix.Length..];
    }
}
