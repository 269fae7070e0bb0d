using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Client;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class OrchestratorClientTests
{
    private readonly PluginRequest _health = new() { Health = new HealthRequest() };

    [Test]
    public async Task Gives_a_request_without_an_id_a_uuid_of_version_7()
    {
        var transport = new MemoryTransport(Echo);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        PluginResponse first = await client.SendAsync(_health);
        PluginResponse second = await client.SendAsync(_health);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Guid.Parse(first.RequestId).Version, Is.EqualTo(7));
            Assert.That(second.RequestId, Is.Not.EqualTo(first.RequestId));
            Assert.That(_health.RequestId, Is.Empty, "the caller's request is left as it is");
        }
    }

    [Test]
    public async Task Keeps_an_id_that_the_caller_chose()
    {
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", new MemoryTransport(Echo));
        var request = new PluginRequest { RequestId = "mine", Health = new HealthRequest() };
        Assert.That((await client.SendAsync(request)).RequestId, Is.EqualTo("mine"));
    }

    [Test]
    public async Task Sends_the_end_with_the_request()
    {
        var transport = new MemoryTransport(Echo);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);
        await client.SendAsync(_health);
        Assert.That(transport.Last!.Completed, Is.True);
    }

    [Test]
    public async Task Refuses_the_answer_to_another_request()
    {
        await using OrchestratorClient client = OrchestratorClient.Over(
            "peer:1", new MemoryTransport(_ => MemoryExchange.Frame(new PluginResponse { RequestId = "other" })));
        var request = new PluginRequest { RequestId = "mine", Health = new HealthRequest() };
        Assert.That(
            async () => await client.SendAsync(request),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                "Health request to peer:1 failed: the answer is for request \"other\", not for \"mine\""));
    }

    [TestCase(new byte[0], "the peer closed the stream without an answer")]
    [TestCase(new byte[] { 0, 0 }, "read header: unexpected end of stream after 2 of 4 bytes")]
    [TestCase(new byte[] { 0, 0, 0, 2, 1 }, "read payload: unexpected end of stream after 1 of 2 bytes")]
    [TestCase(new byte[] { 1, 0, 0, 1 }, "message size 16777217 exceeds maximum 16777216")]
    [TestCase(new byte[] { 0, 0, 0, 1, 0xFF }, "unmarshal: ")]
    public async Task Says_what_is_wrong_with_an_answer(byte[] answer, string expected)
    {
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", new MemoryTransport(_ => answer));
        Assert.That(
            async () => await client.SendAsync(_health),
            Throws.TypeOf<OrchestratorException>()
                .With.Message.StartsWith($"Health request to peer:1 failed: {expected}")
                .And.Property(nameof(OrchestratorException.Address)).EqualTo("peer:1"));
    }

    [Test]
    public async Task Refuses_a_request_over_the_limit_before_it_opens_an_exchange()
    {
        var transport = new MemoryTransport(Echo);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);
        var request = new PluginRequest { StorageWrite = new() { Path = new string('p', MessageFraming.MaxMessageSize) } };
        Assert.That(async () => await client.SendAsync(request), Throws.TypeOf<MessageFramingException>());
        Assert.That(transport.Last, Is.Null);
    }

    [Test]
    public async Task Gives_up_when_its_token_says_so()
    {
        using var cancel = new CancellationTokenSource();
        var transport = new MemoryTransport(_ => null);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);
        Task<PluginResponse> answer = client.SendAsync(_health, cancel.Token);

        await cancel.CancelAsync();
        Assert.That(async () => await answer.Guarded(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(transport.Last!.Aborted, Is.True, "the peer learns of it");
    }

    [Test]
    public async Task Fails_exchanges_in_flight_when_disposed_of()
    {
        OrchestratorClient client = OrchestratorClient.Over("peer:1", new MemoryTransport(_ => null));
        Task<PluginResponse> answer = client.SendAsync(_health);

        await client.DisposeAsync();
        Assert.That(async () => await answer.Guarded(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await client.SendAsync(_health), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Says_that_nothing_listens()
    {
        // Bound but not listening, so that nobody else takes the port meanwhile.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string address = socket.LocalEndPoint!.ToString()!;
        Assert.That(
            async () => await OrchestratorClient.ConnectTcpAsync(address),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                $"cannot connect to {address}: connection refused: nothing listens there"));
    }

    [Test]
    public void Refuses_what_is_no_address()
    {
        Assert.That(async () => await OrchestratorClient.ConnectTcpAsync("nowhere"), Throws.TypeOf<FormatException>());
    }

    private static byte[] Echo(PluginRequest request) =>
        MemoryExchange.Frame(new PluginResponse { RequestId = request.RequestId });
}
