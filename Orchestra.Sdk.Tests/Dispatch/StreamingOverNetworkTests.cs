using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Streams over real sockets: what flow control does to the tool, and each way to cancel.</summary>
[TestFixture(PluginTransport.Quic)]
[TestFixture(PluginTransport.Tcp)]
internal sealed class StreamingOverNetworkTests(PluginTransport transport)
{
    private const string StreamId = "s1";
    private const int MiB = 1 << 20;

    private static readonly PluginRequest Start = new() { StreamStart = new StreamStart { StreamId = StreamId, ToolName = "stream" } };
    private static readonly PluginRequest Cancel = new() { StreamCancel = new StreamCancel { StreamId = StreamId } };

    private QuicPlugin _plugin = null!;
    private ClientTransport _connection = null!;
    private TaskCompletionSource _ended = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _ended = new TaskCompletionSource();
        _plugin = await QuicPlugin.StartAsync();
        _connection = transport == PluginTransport.Quic
            ? await _plugin.DialAsync()
            : new TcpClientTransport(NetworkAddress.Parse((await _plugin.Server.ListenTcpAsync("localhost:0")).ToString()));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _connection.DisposeAsync();
        await _plugin.DisposeAsync();
    }

    [Test]
    public async Task A_reader_that_stops_makes_the_tool_wait()
    {
        // More than all buffers on the way hold.
        const int Count = 96;
        int written = 0;
        _plugin.Server.RegisterStreamingTool("stream", "", null, async (_, chunks, _, _) =>
        {
            byte[] chunk = new byte[MiB];
            for (int i = 0; i < Count; i++)
            {
                await chunks.WriteBytesAsync(chunk);
                Interlocked.Increment(ref written);
            }
        });
        await using OrchestratorClient client = OrchestratorClient.Over("plugin", _connection);

        int read = 0;
        await foreach (StreamChunk chunk in client.StreamToolAsync("stream"))
        {
            Assert.That(chunk.Data, Has.Length.EqualTo(MiB));
            if (++read == 1)
            {
                await WhileItGrowsAsync(() => Volatile.Read(ref written));
                Assert.That(Volatile.Read(ref written), Is.LessThan(Count), "it has not run ahead to its end");
            }
        }

        Assert.That(read, Is.EqualTo(Count));
    }

    [Test]
    public async Task Is_canceled_on_the_same_stream()
    {
        await using Exchange exchange = await StartAsync(completeWrites: false);

        await exchange.WriteAsync(MemoryExchange.Frame(Cancel), completeWrites: true, default);

        await EndsAsCanceledAsync(exchange);
    }

    [Test]
    public async Task Is_canceled_on_another_stream()
    {
        await using Exchange exchange = await StartAsync(completeWrites: true);

        await using Exchange other = await _connection.OpenExchangeAsync(default);
        await other.WriteAsync(MemoryExchange.Frame(Cancel), completeWrites: true, default);

        Assert.That(await other.Incoming.ReadAsync(new byte[1]).AsTask().Guarded(), Is.Zero, "it has no answer of its own");
        await EndsAsCanceledAsync(exchange);
    }

    [Test]
    public async Task Is_canceled_by_a_reset()
    {
        await using Exchange exchange = await StartAsync(completeWrites: true);

        exchange.Abort();

        await _ended.Task.Guarded();
    }

    [Test]
    public async Task Is_canceled_by_the_end_of_the_connection()
    {
        await using Exchange exchange = await StartAsync(completeWrites: true);

        await (transport == PluginTransport.Quic ? _connection.DisposeAsync() : exchange.DisposeAsync());

        await _ended.Task.Guarded();
    }

    /// <summary>A stream whose first chunk has come, of a tool that goes on until it is stopped.</summary>
    private async Task<Exchange> StartAsync(bool completeWrites)
    {
        _plugin.Server.RegisterStreamingTool("stream", "", null, async (_, chunks, _, token) =>
        {
            try
            {
                while (true)
                {
                    await chunks.WriteTextAsync("x");
                    await Task.Delay(1, token);
                }
            }
            finally
            {
                _ended.SetResult();
            }
        });
        Exchange exchange = await _connection.OpenExchangeAsync(default);
        await exchange.WriteAsync(MemoryExchange.Frame(Start), completeWrites, default);
        Assert.That((await ReadAsync(exchange)).StreamChunk.Sequence, Is.Zero);
        return exchange;
    }

    private async Task EndsAsCanceledAsync(Exchange exchange)
    {
        await _ended.Task.Guarded();
        long chunks = 1;
        PluginResponse response;
        while ((response = await ReadAsync(exchange)).StreamChunk is not null)
        {
            chunks++;
        }

        Assert.That(response.StreamEnd, Is.EqualTo(new StreamEnd
        {
            StreamId = StreamId,
            ErrorCode = "cancelled",
            ErrorMessage = "the call was cancelled",
            TotalChunks = chunks,
        }));
    }

    private static Task<PluginResponse> ReadAsync(Exchange exchange) =>
        MessageFraming.ReadAsync(exchange.Incoming, PluginResponse.Parser).AsTask().Guarded();

    /// <summary>Waits until the number stands still. A pause that is none makes the test weaker, not wrong.</summary>
    private static async Task WhileItGrowsAsync(Func<int> number)
    {
        int seen;
        do
        {
            seen = number();
            await Task.Delay(300);
        }
        while (number() != seen);
    }
}
