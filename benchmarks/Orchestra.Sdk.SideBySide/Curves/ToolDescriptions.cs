using System.Diagnostics;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>What <c>list_tools</c> answers.</summary>
/// <param name="Bytes">Of the answer.</param>
/// <param name="Milliseconds">From the request to the answer that was read.</param>
internal sealed record ToolDescriptions(int Bytes, double Milliseconds)
{
    public static async Task<ToolDescriptions> MeasureAsync(OrchestratorClient client, TimeSpan time)
    {
        var latencies = new Latencies();
        int bytes = 0;
        for (long started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < time;)
        {
            long begun = Stopwatch.GetTimestamp();
            PluginResponse response = await client.SendAsync(new PluginRequest { RequestId = "1", ListTools = new ListToolsRequest() });
            latencies.Add(begun);
            bytes = response.CalculateSize();
        }

        return new ToolDescriptions(bytes, latencies.Median);
    }
}
