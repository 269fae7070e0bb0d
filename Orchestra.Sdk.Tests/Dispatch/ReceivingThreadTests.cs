using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Tools that are quick run on the thread that receives, which no tool can keep.</summary>
internal sealed class ReceivingThreadTests
{
    private const int MaxCalls = 10_000;

    [Test]
    public async Task A_tool_that_was_quick_and_blocks_once_holds_up_no_other_call()
    {
        using var over = new ManualResetEventSlim();
        bool isReceiving = false;
        await using QuicPlugin plugin = await QuicPlugin.StartAsync((request, _, _) =>
        {
            isReceiving = InlineWork.IsCurrent;
            if (request.Arguments.Fields.ContainsKey("block"))
            {
                over.Wait(CancellationToken.None);
            }

            return new(ToolResult.Text("done").ToResponse());
        });
        await using OrchestratorClient client = await plugin.ConnectAsync();
        await client.CallToolAsync("tool", "{}").Guarded();
        Assert.That(isReceiving, Is.False, "nobody knows it yet");
        for (int i = 0; i < MaxCalls && !isReceiving; i++)
        {
            await client.CallToolAsync("tool", "{}").Guarded();
        }

        Assert.That(isReceiving);
        Task<ToolResponse> blocked = client.CallToolAsync("tool", """{"block":true}""");
        Assert.That((await client.CallToolAsync("tool", "{}").Guarded()).Success);
        Assert.That(blocked.IsCompleted, Is.False);
        over.Set();
        Assert.That((await blocked.Guarded()).Success);
        Assert.That((await client.CallToolAsync("tool", "{}").Guarded()).Success);
        Assert.That(isReceiving, Is.False, "it has to show again that it is quick");
    }
}
