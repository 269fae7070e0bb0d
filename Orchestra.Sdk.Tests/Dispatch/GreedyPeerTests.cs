using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>A peer that takes all it can get, beside another one: both on this machine, with certificates of one authority.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GreedyPeerTests
{
    private const int Calls = 16;

    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource<ToolResponse> _finish = new();
    private int _running;

    [Test]
    public async Task Its_calls_wait_while_those_of_others_run()
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync(
            (request, _, _) => new(request.CallerPlugin.Length > 0 ? Task.FromResult(Success()) : RunUntilToldAsync()), Options(calls: Calls));
        await using OrchestratorClient polite = await plugin.ConnectAsync("tools.polite");
        await polite.HealthAsync().Guarded();
        await using OrchestratorClient first = await plugin.ConnectAsync("tools.greedy");
        await using OrchestratorClient second = await plugin.ConnectAsync("tools.greedy");
        Task<PluginResponse>[] greedy =
            [.. Enumerable.Range(0, Calls).Select(i => (i % 2 == 0 ? first : second).SendAsync(Call()))];
        await WhenRunningAsync(Calls - 1);

        PluginResponse answer = await polite.SendAsync(Call(caller: "tools.polite")).Guarded();
        Assert.That(answer.ToolCall.Success, Is.True, answer.ToolCall.ErrorMessage);
        PluginResponse tooMuch = await first.SendAsync(Call()).Guarded();
        Assert.That(tooMuch.ToolCall.ErrorCode, Is.EqualTo("overloaded"));
        Assert.That(_running, Is.EqualTo(Calls - 1), "the last one waits");

        _finish.SetResult(Success());
        Assert.That((await Task.WhenAll(greedy).Guarded()).Select(static response => response.ToolCall.Success), Has.All.True);
    }

    [Test]
    public async Task It_may_have_all_while_it_is_alone()
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync((_, _, _) => new(RunUntilToldAsync()), Options(calls: Calls));
        await using OrchestratorClient client = await plugin.ConnectAsync();
        Task<PluginResponse>[] calls = [.. Enumerable.Range(0, Calls).Select(_ => client.SendAsync(Call()))];
        await WhenRunningAsync(Calls);

        _finish.SetResult(Success());
        Assert.That((await Task.WhenAll(calls).Guarded()).Select(static response => response.ToolCall.Success), Has.All.True);
    }

    [Test]
    public async Task Its_large_requests_leave_room_for_those_of_others()
    {
        // Without shares what is left when one is refused would be too little for the other's.
        await using QuicPlugin plugin = await QuicPlugin.StartAsync(
            (request, _, _) => new(request.CallerPlugin.Length > 0 ? Task.FromResult(Success()) : RunUntilToldAsync()),
            new PluginServerOptions { MaxMessageBytesInFlight = 40 * 1024 * 1024 });
        await using OrchestratorClient polite = await plugin.ConnectAsync("tools.polite");
        await polite.HealthAsync().Guarded();
        await using OrchestratorClient greedy = await plugin.ConnectAsync("tools.greedy");
        var answers = new List<Task<PluginResponse>>();
        PluginResponse? refused = null;
        while (refused is null)
        {
            int running = _running;
            Task<PluginResponse> answer = greedy.SendAsync(Call(text: new string('x', 512 * 1024)));
            answers.Add(answer);
            await Task.WhenAny(answer, WhenRunningAsync(running + 1)).Guarded();
            refused = answer.IsCompleted ? await answer : null;
        }

        Assert.That(refused.ToolCall.ErrorCode, Is.EqualTo("overloaded"));
        PluginResponse polites = await polite.SendAsync(Call(caller: "tools.polite", text: new string('x', 1024 * 1024))).Guarded();
        Assert.That(polites.ToolCall.Success, Is.True, polites.ToolCall.ErrorMessage);
        _finish.SetResult(Success());
        await Task.WhenAll(answers).Guarded();
    }

    [Test]
    public async Task An_answer_that_it_does_not_read_keeps_the_place_of_its_call_until_it_is_cut_off()
    {
        // A client keeps 1 MiB of a stream that nobody reads; the rest stays here.
        var large = ToolResult.Text(new string('x', 1400 * 1024)).ToResponse();
        await using QuicPlugin plugin = await QuicPlugin.StartAsync(
            (request, _, _) => new(request.CallerPlugin.Length > 0 ? Success() : large), Options(calls: 1));
        await using ClientTransport greedy = await plugin.DialAsync();
        await using OrchestratorClient same = await plugin.ConnectAsync();
        await using Exchange unread = await greedy.OpenExchangeAsync(default);
        using PooledBuffer request = MessageWriter.Encode(Call());
        await unread.WriteAsync(request.Memory, completeWrites: true, default).AsTask().Guarded();
        byte[] beginning = new byte[1];
        Assert.That(await unread.Incoming.ReadAsync(beginning).AsTask().Guarded(), Is.EqualTo(1));

        int overloaded = 0;
        PluginResponse answer;
        while (!(answer = await same.SendAsync(Call(caller: "tools.same")).Guarded()).ToolCall.Success)
        {
            Assert.That(answer.ToolCall.ErrorCode, Is.EqualTo("overloaded"));
            overloaded++;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(overloaded, Is.GreaterThanOrEqualTo(30), "as many seconds it had to read");
        Assert.That(
            async () => await unread.Incoming.CopyToAsync(Stream.Null).Guarded(), Throws.InstanceOf<IOException>(), "and its answer was reset");
    }

    private static PluginRequest Call(string caller = "", string text = "") => new()
    {
        ToolCall = new ToolRequest
        {
            ToolName = "tool",
            CallerPlugin = caller,
            Arguments = ToolResult.Text(text).ToResponse().Result,
        },
    };

    private static ToolResponse Success() => new() { Success = true };

    private PluginServerOptions Options(int calls) => new() { MaxConcurrentCalls = calls, TimeProvider = _time };

    private Task<ToolResponse> RunUntilToldAsync()
    {
        Interlocked.Increment(ref _running);
        return _finish.Task;
    }

    private async Task WhenRunningAsync(int count)
    {
        while (Volatile.Read(ref _running) < count)
        {
            await Task.Delay(1);
        }
    }
}
