using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Go and quiche as clients of ours, over QUIC with mutual TLS.</summary>
[Category("Process")]
[TestFixture(PeerBaselineTests.Peer.Go)]
[TestFixture(PeerBaselineTests.Peer.Quiche)]
internal sealed class PeerToEngineTests(PeerBaselineTests.Peer clientKind)
{
    private const int MaxMessageSize = 16 * 1024 * 1024;

    private TemporaryFolder _certificates = null!;
    private PluginServer _server = null!;
    private PeerClient _client = null!;
    private string _address = "";

    private bool IsGo => clientKind == PeerBaselineTests.Peer.Go;

    [OneTimeSetUp]
    public async Task Start()
    {
        _certificates = new TemporaryFolder();
        var store = new CertificateStore(_certificates.Path);
        await store.EnsureCertificateAsync("orchestrator-to-peer");
        await store.EnsureCertificateAsync("quiche.peer");
        _server = PluginServer.Create(new EchoPlugin());
        _address = (await _server.ListenAsync("localhost:0", await store.EnsureCertificateAsync(EchoPlugin.Id))).ToString();
        _client = IsGo ? await GoPeer.StartClientAsync(_certificates.Path) : await QuichePeer.StartClientAsync(_certificates.Path);
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

    [Test]
    public async Task Ten_thousand_calls_on_one_connection()
    {
        await _client.DialAsync(_address);

        await AssertCallsAsync(new PeerCalls { Count = IsGo ? 10_000 : 1_000, Callers = 16, Size = 100 });

        if (IsGo)
        {
            PeerConnectionStatistics connection = (await _client.StatisticsAsync()).Connections[^1];
            Assert.That(connection.KeyUpdates + connection.KeyUpdatesSeen, Is.GreaterThan(0));
        }
    }

    [Test]
    public async Task A_thousand_callers_at_once()
    {
        await _client.DialAsync(_address);

        await AssertCallsAsync(new PeerCalls { Count = 2_000, Callers = IsGo ? 1_000 : 100, Size = 100 });
    }

    [Test]
    public async Task The_largest_message_there_and_back()
    {
        await _client.DialAsync(_address);

        await AssertCallsAsync(new PeerCalls { Count = 1, Frame = MaxMessageSize });
    }

    [TestCase(PeerAbort.Write)]
    [TestCase(PeerAbort.Read)]
    [TestCase(PeerAbort.Both)]
    public async Task Streams_given_up_cost_no_credit(PeerAbort how)
    {
        await _client.DialAsync(_address);

        await _client.AbortAsync(250, how, code: 5);

        await AssertCallsAsync(new PeerCalls { Count = 10, Size = 10 });
    }

    private async Task AssertCallsAsync(PeerCalls calls)
    {
        PeerCallsReport report = await _client.CallAsync(calls);
        Assert.That((report.Calls, report.Failed, report.Error), Is.EqualTo((calls.Count, 0L, (PeerError?)null)));
    }
}
