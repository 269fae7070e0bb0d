using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Our client with a Go server that is as Go's plugins are: it reads one message and never the FIN.</summary>
[Category("Process")]
internal sealed class EngineToPeerTests
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(2);

    private TemporaryFolder _certificates = null!;
    private PeerServer _server = null!;
    private PluginCertificate _certificate = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _certificates = new TemporaryFolder();
        _certificate = await new CertificateStore(_certificates.Path).EnsureCertificateAsync("test-client");
        _server = await GoPeer.ServeAsync(_certificates.Path);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _certificates.Dispose();
    }

    [TestCase(1, 2_000)]
    [TestCase(128, 10_000)]
    [TestCase(1_000, 2_000)]
    public async Task Calls_on_one_connection(int callers, int count)
    {
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(_server.Address, _certificate);
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) <= count)
            {
                await AssertEchoAsync(client, $"call {number}");
            }
        })).WaitAsync(HangGuard);

        PeerConnectionStatistics connection = (await _server.StatisticsAsync()).Connections[^1];
        Assert.That(connection.KeyUpdates + connection.KeyUpdatesSeen, Is.GreaterThan(0));
    }

    [Test]
    public async Task The_largest_message_there_and_back()
    {
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(_server.Address, _certificate);
        await AssertEchoAsync(client, new string('x', (16 * 1024 * 1024) - 200)).WaitAsync(HangGuard);
    }

    [Test]
    public async Task Streams_chunks_to_their_end_more_often_than_streams_are_granted_at_once()
    {
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(_server.Address, _certificate);
        for (int i = 0; i < 150; i++)
        {
            await foreach (StreamChunk chunk in client.StreamToolAsync("count", Count(to: 3)))
            {
                Assert.That(chunk.Data.Length, Is.EqualTo(100));
            }
        }
    }

    [Test]
    public async Task Cancels_a_stream_that_is_left_early()
    {
        await using PeerServer server = await GoPeer.ServeAsync(_certificates.Path);
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(server.Address, _certificate);
        for (int i = 0; i < 150; i++)
        {
            await foreach (StreamChunk chunk in client.StreamToolAsync("count", Count()))
            {
                if (chunk.Sequence == 5)
                {
                    break;
                }
            }
        }

        await AssertEchoAsync(client, "still there").WaitAsync(HangGuard);
        PeerConnectionStatistics connection = (await server.StatisticsAsync()).Connections[^1];
        using var timeout = new CancellationTokenSource(HangGuard);
        while (connection.OpenStreams > 0)
        {
            timeout.Token.ThrowIfCancellationRequested();
            connection = (await server.StatisticsAsync()).Connections[^1];
        }

        Assert.That(connection.Streams, Is.EqualTo(301), "a stream for each call and each stream_cancel");
    }

    private static Struct Count(int? to = null)
    {
        var arguments = new Struct { Fields = { ["size"] = Value.ForNumber(100) } };
        if (to is { } limit)
        {
            arguments.Fields["to"] = Value.ForNumber(limit);
        }

        return arguments;
    }

    private static async Task AssertEchoAsync(OrchestratorClient client, string text)
    {
        var request = new PluginRequest { ToolCall = new ToolRequest { ToolName = "echo", Arguments = new Struct() } };
        request.ToolCall.Arguments.Fields.Add("text", Value.ForString(text));
        PluginResponse response = await client.SendAsync(request);
        Assert.That(response.ToolCall.Result.Fields["text"].StringValue == text, Is.True);
    }
}
