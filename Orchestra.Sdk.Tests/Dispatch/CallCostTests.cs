using Orchestra.Sdk.Client;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>What a call costs, in what does not depend on the machine. A cost that grows here is seen by users.</summary>
[NonParallelizable]
internal sealed class CallCostTests
{
    private const int WarmUp = 1000;
    private const int Calls = 2000;

    // Of client and plugin together, without optimization, where each asynchronous method is an object of its own: a tenth above what it was.
    private const double MaxBytesOfCall = 7_000;

    // One there and one back; now and then an acknowledgment in one of its own.
    private const double MaxDatagramsOfCall = 2.2;

    [Test]
    [Platform("Linux", Reason = "It tells how many datagrams came.")]
    public async Task A_call_takes_no_more_memory_and_datagrams_than_it_did()
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync((_, _, _) => new(ToolResult.Text("done").ToResponse()));
        await using OrchestratorClient client = await plugin.ConnectAsync();
        await CallAsync(client, WarmUp);

        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long datagrams = UdpCounters.DatagramsReceived();
        await CallAsync(client, Calls);
        double datagramsOfCall = (UdpCounters.DatagramsReceived() - datagrams) / (double)Calls;
        double bytesOfCall = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)Calls;
        await TestContext.Out.WriteLineAsync($"{bytesOfCall:F0} bytes and {datagramsOfCall:F2} datagrams a call");
        Assert.That(bytesOfCall, Is.LessThan(MaxBytesOfCall));
        Assert.That(datagramsOfCall, Is.LessThan(MaxDatagramsOfCall));
    }

    private static async Task CallAsync(OrchestratorClient client, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            await client.CallToolAsync("tool", "{}").Guarded();
        }
    }
}
