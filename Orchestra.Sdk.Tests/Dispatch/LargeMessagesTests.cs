using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>The large messages of a peer are worked on one after the other. Time stands still, so that nobody goes on unless it is his turn.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LargeMessagesTests
{
    private const int Mebibyte = 1024 * 1024;

    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Test]
    public async Task Who_waits_goes_on_when_the_one_ahead_is_done_or_after_a_while()
    {
        var large = new LargeMessages(_time);
        Assert.That(await large.EnterAsync(), Is.True);
        Task<bool> second = large.EnterAsync().AsTask();
        Task<bool> third = large.EnterAsync().AsTask();
        Assert.That(second.IsCompleted, Is.False);

        large.Leave();
        Assert.That(await second.Guarded(), Is.True);
        Assert.That(third.IsCompleted, Is.False);

        _time.Advance(LargeMessages.MaxWait);
        Assert.That(await third.Guarded(), Is.False, "it goes on, and has no turn to end");
        large.Leave();
        Assert.That(await large.EnterAsync(), Is.True);
    }

    [Test]
    public async Task Many_at_once_find_room_for_what_becomes_of_them()
    {
        // The requests have room together, their values and answers have not.
        await using QuicPlugin plugin = await QuicPlugin.StartAsync(
            static (request, _, _) => new(new ToolResponse { Success = true, Result = request.Arguments }), Options(maxBytes: 48 * Mebibyte));
        await using OrchestratorClient client = await plugin.ConnectAsync();

        PluginResponse[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.SendAsync(Call(4 * Mebibyte)))).Guarded();

        Assert.That(answers.Select(static answer => answer.ToolCall.ErrorMessage), Has.All.Empty);
        Assert.That(answers.Select(static answer => answer.ToolCall.Result.CalculateSize()), Has.All.GreaterThan(4 * Mebibyte));
    }

    [Test]
    public async Task One_whose_tool_waits_lets_others_go_on()
    {
        var finish = new TaskCompletionSource<ToolResponse>();
        await using QuicPlugin plugin = await QuicPlugin.StartAsync((request, _, _) => new(AnswerAsync(request, finish.Task)), Options());
        await using OrchestratorClient client = await plugin.ConnectAsync();
        Task<PluginResponse> waiting = client.SendAsync(Call(Mebibyte, caller: "tools.waiting"));
        await _begun.Task.Guarded();

        Assert.That((await client.SendAsync(Call(Mebibyte)).Guarded()).ToolCall.Success, Is.True);
        finish.SetResult(new ToolResponse { Success = true });
        Assert.That((await waiting.Guarded()).ToolCall.Success, Is.True);
    }

    [Test]
    public async Task One_that_keeps_its_thread_holds_up_those_of_its_peer_no_longer_than_a_while_and_others_never()
    {
        using var finish = new ManualResetEventSlim();
        await using QuicPlugin plugin = await QuicPlugin.StartAsync(
            (request, _, _) =>
            {
                if (request.CallerPlugin.Length > 0)
                {
                    _begun.SetResult();
                    finish.Wait(CancellationToken.None);
                }

                return new(new ToolResponse { Success = true });
            },
            Options());
        await using OrchestratorClient client = await plugin.ConnectAsync();
        await using OrchestratorClient other = await plugin.ConnectAsync("tools.other");
        Task<PluginResponse> blocked = client.SendAsync(Call(Mebibyte, caller: "tools.blocking"));
        await _begun.Task.Guarded();

        Assert.That((await other.SendAsync(Call(Mebibyte)).Guarded()).ToolCall.Success, Is.True);
        Assert.That((await client.SendAsync(Call(1000)).Guarded()).ToolCall.Success, Is.True, "a small one");
        Task<PluginResponse> next = client.SendAsync(Call(Mebibyte));
        while (!next.IsCompleted)
        {
            _time.Advance(LargeMessages.MaxWait);
            await Task.WhenAny(next, Task.Delay(1));
        }

        Assert.That((await next).ToolCall.Success, Is.True);
        Assert.That(blocked.IsCompleted, Is.False);
        finish.Set();
        Assert.That((await blocked.Guarded()).ToolCall.Success, Is.True);
    }

    private static PluginRequest Call(int size, string caller = "") => new()
    {
        ToolCall = new ToolRequest
        {
            ToolName = "tool",
            CallerPlugin = caller,
            Arguments = ToolResult.Text(new string('x', size)).ToResponse().Result,
        },
    };

    private async Task<ToolResponse> AnswerAsync(ToolRequest request, Task<ToolResponse> answer)
    {
        if (request.CallerPlugin.Length == 0)
        {
            return new ToolResponse { Success = true };
        }

        _begun.SetResult();
        return await answer;
    }

    private PluginServerOptions Options(int maxBytes = 256 * Mebibyte) =>
        new() { TimeProvider = _time, MaxMessageBytesInFlight = maxBytes };
}
