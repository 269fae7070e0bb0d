using System.Text;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StreamingTests : IDisposable
{
    private readonly CapturingLoggerFactory _log = new();
    private readonly ExtendedPlugin _plugin = new(PluginInstance.Of(new TestPlugin((_, _, _) =>
        new(ToolResult.Text("plain").ToResponse()))));

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task Sends_numbered_chunks_and_their_count()
    {
        Register(async (_, chunks, _, _) =>
        {
            await chunks.WriteTextAsync("größer");
            await chunks.WriteBytesAsync(new byte[] { 1, 2 });
            await chunks.WriteValueAsync(Value.ForNumber(3));
            chunks.ContentType = "text/csv";
            await chunks.WriteTextAsync("a;b");
        });
        List<PluginResponse> responses = await StreamAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(responses.Select(static response => response.RequestId), Has.All.EqualTo("id-1"));
            Assert.That(responses[..^1].Select(static response => response.StreamChunk.Sequence), Is.EqualTo([0, 1, 2, 3]));
            Assert.That(
                responses[..^1].Select(static response => response.StreamChunk.ContentType),
                Is.EqualTo(["text/plain; charset=utf-8", "application/octet-stream", "application/json", "text/csv"]));
            Assert.That(
                responses[..^1].Select(static response => response.StreamChunk.Data.ToStringUtf8()),
                Is.EqualTo(["größer", "\u0001\u0002", "3", "a;b"]));
            Assert.That(responses[^1].StreamEnd, Is.EqualTo(new StreamEnd { StreamId = "s1", Success = true, TotalChunks = 4 }));
        }
    }

    [Test]
    public async Task Counts_what_was_sent_before_a_failure()
    {
        Register(async (_, chunks, _, _) =>
        {
            await chunks.WriteTextAsync("one");
            throw new InvalidOperationException("the disk is full");
        });
        List<PluginResponse> responses = await StreamAsync();

        Assert.That(responses[^1].StreamEnd, Is.EqualTo(new StreamEnd
        {
            StreamId = "s1",
            ErrorCode = "handler_error",
            ErrorMessage = "the disk is full",
            TotalChunks = 1,
        }));
        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Error));
    }

    [Test]
    public async Task Ends_with_the_code_of_a_tool_exception()
    {
        Register((_, _, _, _) => throw new ToolException("no_such_file", "there is no file x"));
        Assert.That((await StreamAsync()).Single().StreamEnd, Is.EqualTo(new StreamEnd
        {
            StreamId = "s1",
            ErrorCode = "no_such_file",
            ErrorMessage = "there is no file x",
        }));
    }

    [Test]
    public async Task Ends_when_it_is_canceled_on_the_same_stream()
    {
        PluginRequest cancel = new() { StreamCancel = new StreamCancel { StreamId = "s1" } };
        var peer = new OpenStream([.. MemoryExchange.Frame(Start("s1")), .. MemoryExchange.Frame(cancel)]);
        Register(async (_, _, _, token) => await Task.Delay(Timeout.Infinite, token));
        var exchange = new MemoryExchange(peer);
        Task handling = Handler().HandleAsync(exchange);
        await exchange.Ended.Guarded();
        peer.End();
        await handling.Guarded();

        Assert.That((await exchange.ResponsesAsync())[^1].StreamEnd, Is.EqualTo(new StreamEnd
        {
            StreamId = "s1",
            ErrorCode = "cancelled",
            ErrorMessage = "the call was cancelled",
        }));
    }

    [Test]
    public async Task Ends_when_it_is_canceled_on_another_stream()
    {
        var started = new TaskCompletionSource();
        Register(async (_, _, _, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        PeerHandler handler = Handler();
        var exchange = new MemoryExchange(Start("s1"));
        Task handling = handler.HandleAsync(exchange);
        await started.Task.Guarded();
        var other = new MemoryExchange(new PluginRequest { StreamCancel = new StreamCancel { StreamId = "s2" } });
        await handler.HandleAsync(other).Guarded();
        Assert.That(handling.IsCompleted, Is.False, "it is another stream");

        var cancel = new MemoryExchange(new PluginRequest { StreamCancel = new StreamCancel { StreamId = "s1" } });
        await handler.HandleAsync(cancel).Guarded();
        await handling.Guarded();

        Assert.That((await exchange.ResponsesAsync()).Single().StreamEnd.ErrorCode, Is.EqualTo("cancelled"));
        Assert.That(await cancel.ResponsesAsync(), Is.Empty);
    }

    [Test]
    public async Task Ends_at_once_where_its_id_is_longer_than_any()
    {
        Register((_, _, _, _) => default);
        var exchange = new MemoryExchange(Start(new string('x', 4097)));
        await Handler().HandleAsync(exchange).Guarded();

        Assert.That((await exchange.ResponsesAsync()).Single().StreamEnd, Is.EqualTo(new StreamEnd
        {
            ErrorCode = "invalid_request",
            ErrorMessage = "the stream's id has 4097 characters, 4096 are allowed",
        }));
    }

    [Test]
    public async Task Refuses_a_second_stream_of_the_same_id()
    {
        var finish = new TaskCompletionSource();
        Register(async (_, _, _, _) => await finish.Task);
        PeerHandler handler = Handler();
        Task first = handler.HandleAsync(new MemoryExchange(Start("s1")));
        var second = new MemoryExchange(Start("s1"));
        await handler.HandleAsync(second).Guarded();
        finish.SetResult();
        await first.Guarded();

        Assert.That((await second.ResponsesAsync()).Single().StreamEnd.ErrorCode, Is.EqualTo("invalid_request"));
        var third = new MemoryExchange(Start("s1"));
        await handler.HandleAsync(third).Guarded();
        Assert.That((await third.ResponsesAsync()).Single().StreamEnd.Success, Is.True, "the id is free again");
    }

    [Test]
    public async Task Keeps_the_tool_waiting_for_a_peer_that_does_not_read()
    {
        var read = new TaskCompletionSource();
        int written = 0;
        Register(async (_, chunks, _, _) =>
        {
            for (; written < 3; written++)
            {
                await chunks.WriteTextAsync("x");
            }
        });
        var exchange = new MemoryExchange(Start("s1")) { WritesBlockedBy = read.Task };
        Task handling = Handler().HandleAsync(exchange);
        Assert.That(written, Is.Zero);

        read.SetResult();
        await handling.Guarded();
        Assert.That(written, Is.EqualTo(3));
    }

    [Test]
    public async Task Gives_a_slow_reader_the_time_anew_for_each_part_it_takes()
    {
        var time = new ManualTimeProvider();
        var options = new PluginServerOptions { TimeProvider = time, ResponseTimeout = TimeSpan.FromSeconds(30) };
        var exchange = new SlowExchange(Start("s1"), () => time.Advance(TimeSpan.FromSeconds(29)));
        Register((_, chunks, _, _) => chunks.WriteBytesAsync(new byte[1_000_000]));
        await Handler(options).HandleAsync(exchange).Guarded();

        Assert.That((await exchange.ResponsesAsync())[^1].StreamEnd.Success, Is.True);
    }

    [Test]
    public async Task Ends_the_exchange_when_the_peer_reads_no_more()
    {
        var time = new ManualTimeProvider();
        var options = new PluginServerOptions { TimeProvider = time, ResponseTimeout = TimeSpan.FromSeconds(7) };
        Exception? seen = null;
        Register(async (_, chunks, _, _) =>
        {
            try
            {
                await chunks.WriteTextAsync("x");
            }
            catch (Exception exception)
            {
                seen = exception;
            }
        });
        var exchange = new MemoryExchange(Start("s1")) { WritesBlockedBy = new TaskCompletionSource().Task };
        Task handling = Handler(options).HandleAsync(exchange);
        await time.WhenTimerRuns(TimeSpan.FromSeconds(7)).Guarded();
        time.Advance(TimeSpan.FromSeconds(7));
        await handling.Guarded();

        Assert.That(seen, Is.TypeOf<TimeoutException>());
        Assert.That(exchange.Aborted, Is.True);
        Assert.That(_log.Entries.Single().Message, Does.Contain("to read its response"));
    }

    [Test]
    public async Task Splits_what_does_not_fit_a_message_between_characters()
    {
        string text = new('€', 6_000_000);
        Register(async (_, chunks, _, _) =>
        {
            await chunks.WriteTextAsync(text);
            await chunks.WriteBytesAsync(new byte[17_000_000]);
        });
        List<PluginResponse> responses = await StreamAsync();

        string[] texts = [.. responses[..2].Select(static response => response.StreamChunk.Data.ToStringUtf8())];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Concat(texts) == text, Is.True);
            Assert.That(responses[2].StreamChunk.Data.Length + responses[3].StreamChunk.Data.Length, Is.EqualTo(17_000_000));
            Assert.That(responses[^1].StreamEnd.TotalChunks, Is.EqualTo(4));
        }
    }

    [Test]
    public async Task Fails_for_an_item_that_does_not_fit_a_message()
    {
        Register((_, chunks, _, _) => chunks.WriteValueAsync(Value.ForString(new string('x', 17_000_000))));
        Assert.That((await StreamAsync()).Single().StreamEnd.ErrorCode, Is.EqualTo("result_too_large"));
    }

    [Test]
    public async Task Sends_the_result_of_a_plain_tool_as_the_only_chunk()
    {
        List<PluginResponse> responses = await StreamAsync("tool");
        Assert.That(responses[0].StreamChunk.Data.ToStringUtf8(), Is.EqualTo("plain"));
        Assert.That(responses[1].StreamEnd, Is.EqualTo(new StreamEnd { StreamId = "s1", Success = true, TotalChunks = 1 }));
    }

    [Test]
    public async Task Joins_texts_for_a_call()
    {
        Register(async (_, chunks, _, _) =>
        {
            await chunks.WriteTextAsync("one ");
            await chunks.WriteTextAsync("two");
        });
        Assert.That(await CallAsync(), Is.EqualTo(ToolResult.Text("one two").ToResponse()));
    }

    [Test]
    public async Task Joins_values_for_a_call()
    {
        Register(async (_, chunks, _, _) =>
        {
            await chunks.WriteValueAsync(Value.ForNumber(1));
            await chunks.WriteValueAsync(Value.ForString("b"));
        });
        Assert.That((await CallAsync()).Result.Fields["data"], Is.EqualTo(
            Value.ForList(Value.ForNumber(1), Value.ForString("b"))));
    }

    [Test]
    public async Task Joins_bytes_for_a_call()
    {
        Register(async (_, chunks, _, _) =>
        {
            await chunks.WriteBytesAsync("He"u8.ToArray());
            await chunks.WriteBytesAsync("llo"u8.ToArray());
        });
        Assert.That(
            (await CallAsync()).Result.Fields["data"].StringValue,
            Is.EqualTo(Convert.ToBase64String(Encoding.UTF8.GetBytes("Hello"))));
    }

    [Test]
    public async Task Stops_joining_where_the_answer_would_not_fit()
    {
        int written = 0;
        Register(async (_, chunks, _, _) =>
        {
            for (; written < 100; written++)
            {
                await chunks.WriteTextAsync(new string('x', 1_000_000));
            }
        });
        Assert.That((await CallAsync()).ErrorCode, Is.EqualTo("result_too_large"));
        Assert.That(written, Is.EqualTo(16));
    }

    private void Register(StreamingToolHandler handler) => _plugin.RegisterStreamingTool("stream", "Streams.", null, handler);

    private PeerHandler Handler(PluginServerOptions? options = null) => Handlers.Of(_plugin, _log, options);

    private static PluginRequest Start(string id, string tool = "stream") =>
        new() { RequestId = "id-1", StreamStart = new StreamStart { StreamId = id, ToolName = tool } };

    private async Task<List<PluginResponse>> StreamAsync(string tool = "stream")
    {
        var exchange = new MemoryExchange(Start("s1", tool));
        await Handler().HandleAsync(exchange).Guarded();
        Assert.That(exchange.Completed, Is.True);
        return await exchange.ResponsesAsync();
    }

    private async Task<ToolResponse> CallAsync()
    {
        var exchange = new MemoryExchange(new PluginRequest { ToolCall = new ToolRequest { ToolName = "stream" } });
        await Handler().HandleAsync(exchange).Guarded();
        return (await exchange.ResponsesAsync()).Single().ToolCall;
    }

    /// <summary>A peer that takes its time for each part.</summary>
    private sealed class SlowExchange(PluginRequest request, Action onWrite) : Exchange
    {
        private readonly MemoryExchange _inner = new(request);

        public override Stream Incoming => _inner.Incoming;

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken)
        {
            onWrite();
            cancellationToken.ThrowIfCancellationRequested();
            return _inner.WriteAsync(data, completeWrites, cancellationToken);
        }

        public Task<List<PluginResponse>> ResponsesAsync() => _inner.ResponsesAsync();

        public override void Abort() => _inner.Abort();

        public override ValueTask DisposeAsync() => _inner.DisposeAsync();
    }
}
