namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Go and quiche as clients of the published Greeter: a plugin as its users get it.</summary>
[Category("Process")]
[TestFixture(PeerBaselineTests.Peer.Go)]
[TestFixture(PeerBaselineTests.Peer.Quiche)]
internal sealed class PeerToGreeterTests(PeerBaselineTests.Peer clientKind)
{
    private const string ClientName = "orchestrator-to-peer";

    [TestCase(1, 1_000)]
    [TestCase(16, 10_000)]
    public async Task Calls_on_one_connection(int callers, int count)
    {
        await using RunningGreeter greeter = await RunningGreeter.StartAsync("--listen-addr", "localhost:0");

        // Go's leaf, of our authority.
        await GoPeer.MakeCertificatesAsync(greeter.Certificates, ClientName);
        await using PeerClient client = clientKind == PeerBaselineTests.Peer.Go
            ? await GoPeer.StartClientAsync(greeter.Certificates)
            : await QuichePeer.StartClientAsync(greeter.Certificates);
        await client.DialAsync(new PeerDial(greeter.Client.Address) { Probe = false });

        PeerCallsReport report = await client.CallAsync(new PeerCalls
        {
            Count = count,
            Callers = callers,
            Tool = "greet",
            Arguments = """{"name":"caller {n}","times":2}""",
            Expected = """{"text":"Hello, caller {n}! Hello, caller {n}!"}""",
        });

        Assert.That((report.Calls, report.Failed, report.Error), Is.EqualTo(((long)count, 0L, (PeerError?)null)));
        if (clientKind == PeerBaselineTests.Peer.Go)
        {
            PeerConnectionStatistics connection = (await client.StatisticsAsync()).Connections.Single();
            Assert.That(connection.KeyUpdates + connection.KeyUpdatesSeen, Is.GreaterThan(0));
        }
    }
}
