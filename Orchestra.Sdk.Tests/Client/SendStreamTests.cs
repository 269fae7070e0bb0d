using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Client;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SendStreamTests
{
    private readonly PluginRequest _start = new() { StreamStart = new StreamStart { ToolName = "count" } };

    [Test]
    public async Task Yields_chunks_and_the_end_and_cancels_nothing()
    {
        var transport = new MemoryTransport(request => [.. Chunk(request, 0), .. Chunk(request, 1), .. End(request, 2)]);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        List<PluginResponse> responses = await ToListAsync(client.SendStreamAsync(_start));

        Assert.That(
            responses.Select(static response => response.ResponseCase),
            Is.EqualTo(new[]
            {
                PluginResponse.ResponseOneofCase.StreamChunk,
                PluginResponse.ResponseOneofCase.StreamChunk,
                PluginResponse.ResponseOneofCase.StreamEnd,
            }));
        Assert.That(transport.Exchanges, Has.Count.EqualTo(1));
        Assert.That((transport.Last!.Completed, transport.Last.Aborted), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Gives_a_stream_without_an_id_a_uuid_of_version_7()
    {
        var transport = new MemoryTransport(static request => End(request, 0));
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        await ToListAsync(client.SendStreamAsync(_start));

        PluginRequest sent = transport.Last!.Request!;
        Assert.That(Guid.Parse(sent.StreamStart.StreamId).Version, Is.EqualTo(7));
        Assert.That(sent.StreamStart.ToolName, Is.EqualTo("count"));
        Assert.That(_start.StreamStart.StreamId, Is.Empty, "the caller's request is left as it is");
    }

    [Test]
    public async Task Sends_nothing_before_the_first_response_is_asked_for()
    {
        var transport = new MemoryTransport(static request => End(request, 0));
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        await using IAsyncEnumerator<PluginResponse> stream = client.SendStreamAsync(_start).GetAsyncEnumerator();

        Assert.That(transport.Exchanges, Is.Empty);
    }

    [Test]
    public async Task Cancels_a_stream_that_is_left_early()
    {
        var transport = new MemoryTransport(request => request.StreamStart is null ? [] : [.. Chunk(request, 0), .. Chunk(request, 1)]);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        await foreach (PluginResponse response in client.SendStreamAsync(_start))
        {
            break;
        }

        AssertCanceled(transport);
    }

    [Test]
    public async Task Cancels_a_stream_whose_reader_failed()
    {
        var transport = new MemoryTransport(request => request.StreamStart is null ? [] : Chunk(request, 0));
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        Assert.That(
            async () =>
            {
                await foreach (PluginResponse response in client.SendStreamAsync(_start))
                {
                    throw new InvalidOperationException("no");
                }
            },
            Throws.InvalidOperationException);
        AssertCanceled(transport);
    }

    [Test]
    public async Task Cancels_a_stream_when_its_token_says_so()
    {
        var transport = new MemoryTransport(static request => request.StreamStart is null ? [] : null);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);
        using var cancel = new CancellationTokenSource();
        Task<List<PluginResponse>> reading = ToListAsync(client.SendStreamAsync(_start, cancel.Token));

        await cancel.CancelAsync();

        Assert.That(
            async () => await reading.Guarded(),
            Throws.InstanceOf<OperationCanceledException>()
                .With.Property(nameof(OperationCanceledException.CancellationToken)).EqualTo(cancel.Token));
        AssertCanceled(transport);
    }

    [Test]
    public async Task Says_that_a_stream_broke_off()
    {
        var transport = new MemoryTransport(static request => Chunk(request, 0));
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        Assert.That(
            async () => await ToListAsync(client.SendStreamAsync(_start)),
            Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                "StreamStart request to peer:1 failed: the peer closed the stream before its stream_end"));
        Assert.That(transport.Exchanges, Has.Count.EqualTo(1), "there is nothing left to cancel");
    }

    [Test]
    public async Task Takes_any_other_answer_for_the_last_one()
    {
        var transport = MemoryTransport.Answering(
            static _ => new PluginResponse { ToolCall = new ToolResponse { ErrorCode = "unknown_request" } });
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        List<PluginResponse> responses = await ToListAsync(client.SendStreamAsync(_start));

        Assert.That(responses.Single().ToolCall.ErrorCode, Is.EqualTo("unknown_request"));
    }

    [Test]
    public async Task Reads_the_responses_to_other_requests_to_their_end()
    {
        var transport = MemoryTransport.Answering(static _ => new PluginResponse { Health = new HealthResult() });
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        List<PluginResponse> responses = await ToListAsync(
            client.SendStreamAsync(new PluginRequest { Health = new HealthRequest() }));

        Assert.That(responses.Single().Health, Is.Not.Null);
    }

    [Test]
    public async Task Ends_with_the_client()
    {
        var transport = new MemoryTransport(static _ => null);
        OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);
        Task<List<PluginResponse>> reading = ToListAsync(client.SendStreamAsync(_start));

        await client.DisposeAsync();

        Assert.That(async () => await reading.Guarded(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await ToListAsync(client.SendStreamAsync(_start)), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Streams_a_tool_s_chunks()
    {
        var transport = new MemoryTransport(request => [.. Chunk(request, 0), .. Chunk(request, 1), .. End(request, 2)]);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);

        List<StreamChunk> chunks = await ToListAsync(client.StreamToolAsync("count"));

        Assert.That(chunks.Select(static chunk => chunk.Sequence), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public async Task Throws_what_a_streaming_tool_answers()
    {
        var transport = new MemoryTransport(request =>
        [
            .. Chunk(request, 0),
            .. Respond(request, new PluginResponse { StreamEnd = new StreamEnd { ErrorCode = "full", ErrorMessage = "no more" } }),
        ]);
        await using OrchestratorClient client = OrchestratorClient.Over("peer:1", transport);
        var chunks = new List<StreamChunk>();

        Assert.That(
            async () =>
            {
                await foreach (StreamChunk chunk in client.StreamToolAsync("count"))
                {
                    chunks.Add(chunk);
                }
            },
            Throws.TypeOf<ToolException>().With.Message.EqualTo("no more").And.Property(nameof(ToolException.Code)).EqualTo("full"));
        Assert.That(chunks, Has.Count.EqualTo(1));
    }

    /// <summary>The stream's own exchange is reset, and another one says stream_cancel.</summary>
    private static void AssertCanceled(MemoryTransport transport)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(transport.Exchanges, Has.Count.EqualTo(2));
            Assert.That(transport.Exchanges[0].Aborted, Is.True);
            Assert.That(
                transport.Exchanges[1].Request!.StreamCancel.StreamId,
                Is.EqualTo(transport.Exchanges[0].Request!.StreamStart.StreamId));
            Assert.That(transport.Exchanges[1].Completed, Is.True);
        }
    }

    private static byte[] Chunk(PluginRequest request, long sequence) => Respond(
        request, new PluginResponse { StreamChunk = new StreamChunk { StreamId = request.StreamStart.StreamId, Sequence = sequence } });

    private static byte[] End(PluginRequest request, long total) => Respond(
        request,
        new PluginResponse
        {
            StreamEnd = new StreamEnd { StreamId = request.StreamStart.StreamId, Success = true, TotalChunks = total },
        });

    private static byte[] Respond(PluginRequest request, PluginResponse response)
    {
        response.RequestId = request.RequestId;
        return MemoryExchange.Frame(response);
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (T item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
