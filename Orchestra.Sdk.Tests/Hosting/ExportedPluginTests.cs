using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Hosting;

/// <summary>A plugin within the process: what differs from one behind a network.</summary>
public class ExportedPluginTests
{
    [Test]
    public async Task Exports_an_object_of_an_attribute_class()
    {
        await using var plugin = ExportedPlugin.For(new TestPlugin((request, _, _) =>
            new(new ToolResponse { Success = true, Result = request.Arguments })));

        ToolResponse answer = await plugin.CallToolAsync("tool", ("name", "Ada"), ("times", 2)).Guarded();

        Assert.That(plugin.Manifest, Is.EqualTo(TestPlugin.Manifest));
        Assert.That(answer.Result.Fields["name"].StringValue, Is.EqualTo("Ada"));
        Assert.That(answer.Result.Fields["times"].NumberValue, Is.EqualTo(2));
        Assert.That(await plugin.CallToolAsync("tool", """{"name":"Ada","times":2}""").Guarded(), Is.EqualTo(answer));
    }

    [Test]
    public async Task Answers_as_over_a_network()
    {
        await using var plugin = ExportedPlugin.For(new TestPlugin((_, _, _) =>
            new(ToolResult.Text(new string('x', 17_000_000)).ToResponse())));

        Assert.That((await plugin.CallToolAsync("other").Guarded()).ErrorMessage, Is.EqualTo("tool \"other\" not found"));
        Assert.That((await plugin.CallToolAsync("tool").Guarded()).ErrorCode, Is.EqualTo("result_too_large"));
    }

    [Test]
    public async Task Lets_a_streaming_tool_run_no_faster_than_its_chunks_are_taken()
    {
        int written = 0;
        await using ExportedPlugin plugin = new PluginBuilder("tools.test")
            .RegisterStreamingTool("count", "Counts.", null, async (_, chunks, _, token) =>
            {
                while (true)
                {
                    await chunks.WriteTextAsync($"{written++}");
                }
            })
            .Export();

        int taken = 0;
        await foreach (StreamChunk chunk in plugin.StreamToolAsync("count"))
        {
            Assert.That(chunk.Data.ToStringUtf8(), Is.EqualTo($"{taken}"));
            Assert.That(written, Is.LessThanOrEqualTo(taken + 2));
            if (++taken == 5)
            {
                break;
            }
        }

        await plugin.Server.StopAsync().Guarded();
    }

    [Test]
    public async Task Tells_a_failed_stream_by_an_exception()
    {
        await using ExportedPlugin plugin = new PluginBuilder("tools.test")
            .RegisterStreamingTool("fail", "Fails.", null, (_, _, _, _) => throw new ToolException("no_luck", "try tomorrow"))
            .Export();

        Assert.That(
            async () => await plugin.StreamToolAsync("fail").GetAsyncEnumerator().MoveNextAsync().AsTask().Guarded(),
            Throws.TypeOf<ToolException>().With.Message.EqualTo("try tomorrow").And.Property("Code").EqualTo("no_luck"));
    }

    [Test]
    public async Task Cancels_a_call_whose_caller_gave_up()
    {
        var started = new TaskCompletionSource();
        var canceled = new TaskCompletionSource();
        await using var plugin = ExportedPlugin.For(new TestPlugin((_, _, token) =>
        {
            token.Register(canceled.SetResult);
            started.SetResult();
            return new(new TaskCompletionSource<ToolResponse>().Task.WaitAsync(token));
        }));
        using var cancellation = new CancellationTokenSource();
        Task<ToolResponse> answer = plugin.CallToolAsync("tool", new Struct(), cancellation.Token);
        await started.Task.Guarded();
        await cancellation.CancelAsync();

        Assert.That(async () => await answer.Guarded(), Throws.InstanceOf<OperationCanceledException>());
        await canceled.Task.Guarded();
    }

    [Test]
    public async Task Fails_calls_after_its_end()
    {
        var plugin = ExportedPlugin.For(new TestPlugin());
        await plugin.Server.StopAsync().Guarded();
        Assert.That(async () => await plugin.CallToolAsync("tool").Guarded(), Throws.TypeOf<OrchestratorException>());
        await plugin.DisposeAsync();
        Assert.That(async () => await plugin.CallToolAsync("tool").Guarded(), Throws.TypeOf<ObjectDisposedException>());
    }
}
