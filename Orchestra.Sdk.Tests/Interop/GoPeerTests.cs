using System.Text.Json;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What only the Go peer can do, with itself: whatever fails elsewhere and passes here is ours.</summary>
[Category("Process")]
internal sealed class GoPeerTests
{
    private TemporaryFolder _certificates = null!;
    private PeerClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _certificates = new TemporaryFolder();
        _client = await GoPeer.StartClientAsync(_certificates.Path);
        await GoPeer.MakeCertificatesAsync(_certificates.Path, "quiche.peer");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await (_client?.DisposeAsync() ?? ValueTask.CompletedTask);
        _certificates.Dispose();
    }

    [Test]
    public async Task Makes_the_protocol_s_certificates()
    {
        using var folder = new TemporaryFolder();

        await GoPeer.MakeCertificatesAsync(folder.Path, "some.plugin");

        Assert.That(
            Directory.GetFiles(folder.Path).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "ca.crt", "ca.key", "some.plugin.crt", "some.plugin.key" }));
    }

    [Test]
    public async Task Lists_tools_and_keeps_what_is_stored()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path);
        await _client.DialAsync(server.Address);

        JsonElement list = await _client.ExchangeAsync("""{"request_id":"1","list_tools":{}}""");
        await _client.ExchangeAsync("""{"request_id":"2","storage_write":{"path":"a","content":"aGk="}}""");
        JsonElement read = await _client.ExchangeAsync("""{"request_id":"3","storage_read":{"path":"a"}}""");

        Assert.That(
            list.GetProperty("list_tools").GetProperty("tools").EnumerateArray()
                .Select(tool => tool.GetProperty("name").GetString()),
            Does.Contain("echo"));
        Assert.That(
            read.GetRawText(), Is.EqualTo("""{"request_id":"3","storage_read":{"content":"aGk=","version":"1"}}"""));
    }

    [Test]
    public async Task Completes_as_many_streams_at_once_as_are_granted()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path, new GoServer { MaxStreams = 1000 });
        await _client.DialAsync(server.Address);

        PeerHoldReport report = await _client.HoldAsync(1000);

        Assert.That(report, Is.EqualTo(new PeerHoldReport(1000, 1000, null)));
    }

    [Test]
    public async Task Streams_chunks_in_order()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path);
        await _client.DialAsync(server.Address);

        PeerStreamReport report = await _client.StreamAsync(new PeerStream("count", """{"to":1000,"size":3}"""));

        Assert.That((report.Chunks, report.Bytes, report.First), Is.EqualTo((1000, 3000, new byte[] { 0, 1, 2 })));
        Assert.That((report.Ended, report.Success, report.TotalChunks), Is.EqualTo((true, true, 1000)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Cancels_a_streaming_call(bool apart)
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path);
        await _client.DialAsync(server.Address);

        PeerStreamReport report = await _client.StreamAsync(
            new PeerStream("count", """{"size":100}""") { CancelAfter = 5, CancelApart = apart });

        Assert.That((report.Ended, report.Success, report.ErrorCode), Is.EqualTo((true, false, "handler_error")));
        Assert.That(report.Chunks, Is.EqualTo(report.TotalChunks).And.GreaterThanOrEqualTo(5));
        Assert.That((await server.StatisticsAsync()).Connections[0].StreamsCanceled, Is.EqualTo(1));
    }

    [Test]
    public async Task Ends_an_unreadable_request_without_an_answer()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path);
        await _client.DialAsync(server.Address);

        PeerBytes answer = await _client.SendBytesAsync([0xFF, 0xFF, 0xFF, 0xFF]);

        Assert.That((answer.Data, answer.Error), Is.EqualTo((Array.Empty<byte>(), (PeerError?)null)));
        await AssertCallsAsync(new PeerCalls { Count = 1 });
    }

    [Test]
    public async Task Takes_a_late_FIN_if_it_reads_it()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path, new GoServer { ReadFin = true });
        await _client.DialAsync(server.Address);

        await AssertCallsAsync(new PeerCalls { Count = 150, LateFin = true });
    }

    [Test]
    public async Task Transfers_raw_streams_after_a_Retry()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path, new GoServer { Raw = true, Retry = true });
        await _client.DialAsync(new PeerDial(server.Address) { Probe = false });

        await _client.BulkAsync(upload: 1_000_000, download: 1_000_000);

        Assert.That((await _client.StatisticsAsync()).Connections[^1].Retries, Is.EqualTo(1));
    }

    [Test]
    public async Task Keeps_a_fleet_of_connections_busy()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path);

        PeerFleetReport report = await _client.FleetAsync(server.Address, connections: 10, TimeSpan.FromSeconds(2));

        Assert.That((report.Connections, report.Failed, report.Error), Is.EqualTo((10, 0, (PeerError?)null)));
        Assert.That(report.Calls, Is.GreaterThanOrEqualTo(10));
    }

    [Test]
    public async Task Calls_from_a_shared_socket()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path);
        await _client.DialAsync(new PeerDial(server.Address) { Shared = true });

        await AssertCallsAsync(new PeerCalls { Count = 10 });
    }

    [Test]
    public async Task Sees_that_a_connection_idled_to_its_end()
    {
        await using PeerServer server = await GoPeer.ServeAsync(
            _certificates.Path, new GoServer { IdleTimeout = TimeSpan.FromSeconds(1), KeepAlive = TimeSpan.Zero });
        await _client.DialAsync(new PeerDial(server.Address) { KeepAliveless = true });

        PeerError? end = await _client.WaitClosedAsync(TimeSpan.FromSeconds(30));

        Assert.That(end?.Kind, Is.EqualTo("idle"));
    }

    [TestCase("reset", "stream", 7)]
    [TestCase("close", "application", 9)]
    [TestCase("truncated", "other", 0)]
    [TestCase("oversized", "other", 0)]
    [TestCase("garbage", "other", 0)]
    [TestCase("empty", "other", 0)]
    [TestCase("stop", "other", 0)]
    public async Task Fails_as_it_is_told(string mode, string kind, long code)
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path, new GoServer { FailMode = mode });
        await _client.DialAsync(new PeerDial(server.Address) { Probe = false });

        PeerCallsReport report = await _client.CallAsync(new PeerCalls { Count = 1 });

        Assert.That((report.Failed, report.Error?.Kind, report.Error?.Code), Is.EqualTo((1, kind, code)));
    }

    [TestCase(PeerIdentity.Foreign)]
    [TestCase(PeerIdentity.Expired)]
    public async Task Refuses_a_server_with_the_certificate(string identity)
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path, new GoServer { Identity = identity });

        PeerError refusal = await _client.DialInVainAsync(new PeerDial(server.Address));

        Assert.That((refusal.Kind, refusal.Code, refusal.Remote), Is.EqualTo(("transport", 0x12a, false)), refusal.Text);
    }

    [Test]
    public async Task Calls_quiche()
    {
        await using PeerServer server = await QuichePeer.ServeAsync(_certificates.Path);
        PeerConnection connection = await _client.DialAsync(server.Address);
        Assert.That(connection.PeerName, Is.EqualTo("quiche.peer"));

        await AssertCallsAsync(new PeerCalls { Count = 100, Size = 100, Callers = 4 });

        Assert.That((await _client.StatisticsAsync()).Connections[^1].Retries, Is.EqualTo(1));
        Assert.That((await server.StatisticsAsync()).Connections.Single().Requests, Is.GreaterThanOrEqualTo(101));
    }

    private async Task AssertCallsAsync(PeerCalls calls)
    {
        PeerCallsReport report = await _client.CallAsync(calls);
        Assert.That((report.Calls, report.Failed, report.Error), Is.EqualTo((calls.Count, 0L, (PeerError?)null)));
    }
}
