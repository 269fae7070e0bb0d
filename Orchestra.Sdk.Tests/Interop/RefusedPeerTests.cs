using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Clients that our server must refuse, with the right alert, and then serve the next.</summary>
[Category("Process")]
[TestFixture(PeerBaselineTests.Peer.Go)]
[TestFixture(PeerBaselineTests.Peer.Quiche)]
internal sealed class RefusedPeerTests(PeerBaselineTests.Peer clientKind)
{
    private TemporaryFolder _certificates = null!;
    private PluginServer _server = null!;
    private PeerClient _client = null!;
    private string _address = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        _certificates = new TemporaryFolder();
        var store = new CertificateStore(_certificates.Path);
        await store.EnsureCertificateAsync("orchestrator-to-peer");
        _server = PluginServer.Create(new EchoPlugin());
        _address = (await _server.ListenAsync("localhost:0", await store.EnsureCertificateAsync(EchoPlugin.Id))).ToString();
        _client = clientKind == PeerBaselineTests.Peer.Go
            ? await GoPeer.StartClientAsync(_certificates.Path)
            : await QuichePeer.StartClientAsync(_certificates.Path);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _certificates.Dispose();
    }

    [TestCase(PeerIdentity.None, 0x174)]
    [TestCase(PeerIdentity.Foreign, 0x130)]
    [TestCase(PeerIdentity.Expired, 0x12d)]
    public async Task A_bad_certificate_is_refused_and_the_next_client_served(string identity, long code)
    {
        PeerError refusal = await _client.DialInVainAsync(new PeerDial(_address) { Identity = identity });

        Assert.That((refusal.Kind, refusal.Code, refusal.Remote), Is.EqualTo(("transport", code, true)), refusal.Text);
        await AssertServesTheNextAsync();
    }

    [Test]
    public async Task Another_protocol_is_refused_and_the_next_client_served()
    {
        PeerError refusal = await _client.DialInVainAsync(new PeerDial(_address) { Protocol = "h3" });

        Assert.That((refusal.Kind, refusal.Code, refusal.Remote), Is.EqualTo(("transport", 0x178L, true)), refusal.Text);
        await AssertServesTheNextAsync();
    }

    private async Task AssertServesTheNextAsync()
    {
        await _client.DialAsync(_address);
        PeerCallsReport report = await _client.CallAsync(new PeerCalls { Count = 1 });
        Assert.That((report.Calls, report.Failed), Is.EqualTo((1L, 0L)));
    }
}
