namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>From 1 stream in flight to 10,000, as many on a connection as a peer grants.</summary>
internal static class StreamCurve
{
    private const int StreamsOfConnection = 100;

    private static readonly int[] Points = [1, 10, 100, 1_000, 10_000];

    public static async Task<CurveTable> MeasureAsync(CurvePlugin[] plugins, TimeSpan time)
    {
        var table = new CurveTable("streams in flight", "plugin", "connections", "calls/s", "p99, ms", "CPU, µs a call", "resident, MB");
        foreach (int point in Points)
        {
            int connections = Math.Max(1, point / StreamsOfConnection);
            foreach (CurvePlugin plugin in plugins)
            {
                await plugin.ConnectAsync(connections);
                CallFigures calls = await plugin.CallAsync(point, size: 100, time);
                table.Add(
                    $"{point:N0} | {plugin.Name} | {connections} | {calls.Rate:N0} | {calls.P99:F2} | {calls.CpuMicroseconds:F1} | {plugin.ResidentMegabytes:F1}");
                if (plugin.IsOurs)
                {
                    table.Plot(point, calls.CpuMicroseconds);
                }
            }
        }

        return table;
    }
}
