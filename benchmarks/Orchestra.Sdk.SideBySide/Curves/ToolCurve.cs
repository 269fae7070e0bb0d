using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>Plugins of 10 to 1,000 tools.</summary>
internal static class ToolCurve
{
    private const int Starts = 9;

    public static readonly int[] Points = [10, 100, 1_000];

    /// <param name="binaryOf">The plugin with so many tools.</param>
    /// <param name="certificates">The folder, which has all of them.</param>
    /// <param name="time">For each of what is measured.</param>
    public static async Task<CurveTable> MeasureAsync(Func<int, string> binaryOf, string certificates, TimeSpan time)
    {
        var table = new CurveTable(
            "tools", "binary, MB", "exec → READY, ms", "`--manifest`, whole process, ms", "resident at READY, MB", "`list_tools`, kB", "`list_tools`, ms",
            "CPU, µs a call of `echo`");
        foreach (int point in Points)
        {
            string binary = binaryOf(point);
            var ready = new Figure();
            var manifest = new Figure();
            var resident = new Figure();
            for (int i = 0; i < Starts; i++)
            {
                manifest.Add(StartedPlugin.MillisecondsOfManifest(binary));
                using var started = StartedPlugin.Start(binary, certificates);
                ready.Add(started.Milliseconds);
                resident.Add(started.ResidentMegabytes);
            }

            await using CurvePlugin plugin = await CurvePlugin.StartAsync(CurvePlugin.Ours, binary, certificates);
            await plugin.ConnectAsync(1);
            ToolDescriptions tools = await plugin.ListToolsAsync(time / 2);
            CallFigures calls = await plugin.CallAsync(callers: 1, size: 100, time);
            double megabytes = new FileInfo(binary).Length / 1e6;
            table.Add(
                $"{point:N0} | {megabytes:F2} | {ready.Text("F1")} | {manifest.Text("F1")} | {resident.Text("F1")} | {tools.Bytes / 1e3:F1} | {tools.Milliseconds:F2} | {calls.CpuMicroseconds:F1}");
            table.Plot(point, tools.Milliseconds / point);
        }

        return table;
    }
}
