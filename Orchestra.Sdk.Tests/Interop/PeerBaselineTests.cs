namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// The peers among themselves, as far as both speak for what is asked of ours: whatever fails elsewhere and passes here is ours.
/// </summary>
[Category("Process")]
[TestFixture(Peer.Go)]
[TestFixture(Peer.Quiche)]
internal sealed class PeerBaselineTests(PeerBaselineTests.Peer clientKind)
{
    internal enum Peer
    {
        Go,
        Quiche,
    }

    private const int MaxMessageSize = 16 * 1024 * 1024;

    private TemporaryFolder _certificates = null!;
    private PeerServer _server = null!;
    private PeerClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _certificates = new TemporaryFolder();
        string folder = _certificates.Path;
        await GoPeer.MakeCertificatesAsync(folder, "orchestrator-to-peer", "quiche.peer");
        _server = await GoPeer.ServeAsync(folder, new GoServer { ReadFin = true, ClientAuth = "require" });
        _client = clientKind == Peer.Go ? await GoPeer.StartClientAsync(folder) : await QuichePeer.StartClientAsync(folder);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await DisposeAsync(_client);
        await DisposeAsync(_server);
        _certificates.Dispose();
    }

    [Test]
    public async Task Calls_one_after_the_other_until_the_keys_change()
    {
        await _client.DialAsync(_server.Address);

        await AssertCallsAsync(new PeerCalls { Count = 200, Size = 100 });

        PeerConnectionStatistics connection = (await _server.StatisticsAsync()).Connections[^1];
        Assert.That(connection.PeerName, Is.EqualTo("orchestrator-to-peer"));
        Assert.That(connection.KeyUpdates + connection.KeyUpdatesSeen, Is.GreaterThan(0));
    }

    [Test]
    public async Task Calls_with_more_callers_than_streams_are_granted()
    {
        await _client.DialAsync(_server.Address);

        await AssertCallsAsync(new PeerCalls { Count = 500, Callers = 250, Size = 100 });
    }

    [Test]
    public async Task Sends_and_gets_the_largest_message()
    {
        await _client.DialAsync(_server.Address);

        await AssertCallsAsync(new PeerCalls { Count = 1, Frame = MaxMessageSize });
    }

    [TestCase(PeerAbort.Write)]
    [TestCase(PeerAbort.Read)]
    [TestCase(PeerAbort.Both)]
    public async Task Gives_up_more_streams_than_are_granted(PeerAbort how)
    {
        await _client.DialAsync(_server.Address);

        await _client.AbortAsync(150, how, code: 5);

        await AssertCallsAsync(new PeerCalls { Count = 1 });
        PeerConnectionStatistics connection = (await _server.StatisticsAsync()).Connections[^1];
        Assert.That(connection.LastStreamCode, Is.EqualTo(5));
    }

    [TestCase(PeerIdentity.None, 0x174)]
    [TestCase(PeerIdentity.Foreign, 0x130)]
    [TestCase(PeerIdentity.Expired, 0x12d)]
    public async Task Is_refused_with_the_certificate(string identity, long code)
    {
        PeerError refusal = await _client.DialInVainAsync(new PeerDial(_server.Address) { Identity = identity });

        Assert.That((refusal.Kind, refusal.Code, refusal.Remote), Is.EqualTo(("transport", code, true)), refusal.Text);
        await AssertServesTheNextAsync();
    }

    [Test]
    public async Task Is_refused_with_another_protocol()
    {
        PeerError refusal = await _client.DialInVainAsync(new PeerDial(_server.Address) { Protocol = "h3" });

        Assert.That((refusal.Kind, refusal.Code, refusal.Remote), Is.EqualTo(("transport", 0x178L, true)), refusal.Text);
        await AssertServesTheNextAsync();
    }

    [Test]
    public async Task Closes_with_a_code()
    {
        await _client.DialAsync(_server.Address);

        await _client.CloseAsync(9);

        PeerError? seen = await _client.WaitClosedAsync(TimeSpan.FromSeconds(30));
        Assert.That((seen?.Kind, seen?.Code, seen?.Remote), Is.EqualTo(("application", 9, false)));
    }

    private async Task AssertCallsAsync(PeerCalls calls)
    {
        PeerCallsReport report = await _client.CallAsync(calls);
        Assert.That((report.Calls, report.Failed, report.Error), Is.EqualTo((calls.Count, 0L, (PeerError?)null)));
    }

    private async Task AssertServesTheNextAsync()
    {
        await _client.DialAsync(_server.Address);
        await AssertCallsAsync(new PeerCalls { Count = 1 });
    }

    private static ValueTask DisposeAsync(IAsyncDisposable? peer) => peer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
