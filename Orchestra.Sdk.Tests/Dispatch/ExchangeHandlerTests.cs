using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExchangeHandlerTests : IDisposable
{
    private static readonly byte[][] BadFrames =
    [
        [0],
        [0, 0, 0],
        [0, 0, 0, 9, 1, 2],
        [1, 0, 0, 1],
        [0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3],
    ];

    private readonly CapturingLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task Answers_garbage_with_an_error_that_says_so()
    {
        byte[] garbage = [0, 0, 0, 3, 0xFF, 0xFF, 0xFF];
        var exchange = new MemoryExchange(new MemoryStream(garbage));
        await Handler().HandleAsync(exchange).Guarded();

        PluginResponse response = (await exchange.ResponsesAsync()).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.RequestId, Is.Empty);
            Assert.That(response.ToolCall.Success, Is.False);
            Assert.That(response.ToolCall.ErrorCode, Is.EqualTo("invalid_request"));
            Assert.That(response.ToolCall.ErrorMessage, Does.StartWith("the request is no readable PluginRequest: "));
            Assert.That(exchange.Completed, Is.True);
        }
    }

    [Test]
    public async Task Answers_garbage_after_an_id_with_that_id()
    {
        byte[] frame = MemoryExchange.Frame(new PluginRequest { RequestId = "id-1" });
        byte[] garbage = [0, 0, 0, (byte)(frame.Length - 4 + 1), .. frame[4..], 0xFF];
        var exchange = new MemoryExchange(new MemoryStream(garbage));
        await Handler().HandleAsync(exchange).Guarded();

        Assert.That((await exchange.ResponsesAsync()).Single().RequestId, Is.EqualTo("id-1"));
    }

    [Test]
    public async Task Refuses_an_id_that_is_longer_than_any_and_does_not_repeat_it()
    {
        var exchange = new MemoryExchange(new PluginRequest { RequestId = new string('x', 4097), ListTools = new ListToolsRequest() });
        await Handler().HandleAsync(exchange).Guarded();

        PluginResponse response = (await exchange.ResponsesAsync()).Single();
        Assert.That(response.RequestId, Is.Empty);
        Assert.That(response.ToolCall.ErrorCode, Is.EqualTo("invalid_request"));
        Assert.That(response.ToolCall.ErrorMessage, Is.EqualTo("the request's id has 4097 characters, 4096 are allowed"));
    }

    [TestCaseSource(nameof(BadFrames))]
    public async Task Resets_what_cannot_be_read(byte[] sent)
    {
        var exchange = new MemoryExchange(new MemoryStream(sent));
        await Handler().HandleAsync(exchange).Guarded();

        Assert.That(exchange.Aborted, Is.True);
        Assert.That(await exchange.ResponsesAsync(), Is.Empty);
        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Warning));
    }

    [Test]
    public async Task Closes_without_a_word_where_nothing_was_asked()
    {
        var exchange = new MemoryExchange(new MemoryStream());
        await Handler().HandleAsync(exchange).Guarded();

        Assert.That(exchange.Aborted, Is.False);
        Assert.That(_log.Entries, Is.Empty);
    }

    [Test]
    public async Task Cuts_off_a_peer_that_takes_too_long_to_ask()
    {
        var time = new ManualTimeProvider();
        var options = new PluginServerOptions { TimeProvider = time, RequestTimeout = TimeSpan.FromSeconds(7) };
        var exchange = new MemoryExchange(new OpenStream([0, 0, 0, 9, 1]));
        Task<bool> handling = Handler(options: options).HandleAsync(exchange);

        await time.WhenTimerRuns(TimeSpan.FromSeconds(7)).Guarded();
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.That(handling.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await handling.Guarded();
        Assert.That(exchange.Aborted, Is.True);
        Assert.That(_log.Entries.Single().Message, Does.Contain("to send its request"));
    }

    [Test]
    public async Task Cuts_off_a_peer_that_does_not_read_its_answer()
    {
        var time = new ManualTimeProvider();
        var options = new PluginServerOptions { TimeProvider = time, ResponseTimeout = TimeSpan.FromSeconds(7) };
        var exchange = new MemoryExchange(new PluginRequest { Health = new HealthRequest() })
        {
            WritesBlockedBy = new TaskCompletionSource().Task,
        };
        Task<bool> handling = Handler(options: options).HandleAsync(exchange);

        await time.WhenTimerRuns(TimeSpan.FromSeconds(7)).Guarded();
        time.Advance(TimeSpan.FromSeconds(7));
        await handling.Guarded();
        Assert.That(exchange.Aborted, Is.True);
        Assert.That(_log.Entries.Single().Message, Does.Contain("to read its response"));
    }

    [Test]
    public async Task Waits_only_a_moment_for_a_peer_that_has_its_answer()
    {
        var time = new ManualTimeProvider();
        byte[] request = MemoryExchange.Frame(new PluginRequest { Health = new HealthRequest() });
        var exchange = new MemoryExchange(new OpenStream(request));
        Task<bool> handling = Handler(options: new PluginServerOptions { TimeProvider = time }).HandleAsync(exchange);

        await time.WhenTimerRuns(TimeSpan.FromSeconds(1)).Guarded();
        Assert.That(exchange.Completed, Is.True);
        Assert.That(handling.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        await handling.Guarded();
        Assert.That(exchange.Aborted, Is.False, "a reset could cost the peer its answer");
    }

    [Test]
    public async Task Cancels_the_call_of_a_peer_that_vanishes()
    {
        byte[] request = MemoryExchange.Frame(new PluginRequest { ToolCall = new ToolRequest { ToolName = "tool" } });
        var peer = new OpenStream(request);
        var canceled = new TaskCompletionSource<ToolResponse>();
        Task<bool> handling = Handler((_, _, token) =>
        {
            token.Register(() => canceled.SetCanceled(token));
            peer.Break();
            return new(canceled.Task);
        }).HandleAsync(new MemoryExchange(peer));

        await handling.Guarded();
        Assert.That(canceled.Task.IsCanceled, Is.True);
    }

    [Test]
    public async Task Does_not_cancel_the_call_of_a_peer_that_has_only_ended_its_direction()
    {
        bool? canceled = null;
        var exchange = new MemoryExchange(new PluginRequest { ToolCall = new ToolRequest { ToolName = "tool" } });
        await Handler((_, _, token) =>
        {
            canceled = token.IsCancellationRequested;
            return new(new ToolResponse { Success = true });
        }).HandleAsync(exchange).Guarded();

        Assert.That(canceled, Is.False);
    }

    [Test]
    public async Task Tells_a_shutdown_from_other_requests()
    {
        Assert.That(
            await Handler().HandleAsync(new MemoryExchange(new PluginRequest { Shutdown = new ShutdownRequest() })), Is.True);
        Assert.That(
            await Handler().HandleAsync(new MemoryExchange(new PluginRequest { Health = new HealthRequest() })), Is.False);
    }

    private PeerHandler Handler(
        TestToolHandler? tool = null, PluginServerOptions? options = null) =>
        Handlers.Of(PluginInstance.Of(new TestPlugin(tool)), _log, options);
}
