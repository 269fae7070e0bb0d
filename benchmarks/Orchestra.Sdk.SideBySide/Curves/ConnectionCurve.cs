using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>From 1 connection to 1,000: what each takes while it is there, and what calls cost that come on one after the other.</summary>
internal static class ConnectionCurve
{
    private static readonly int[] Points = [1, 10, 100, 1_000];

    // Longer than the 15 seconds after which both sides look whether the other is there.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(16);

    public static async Task<CurveTable> MeasureAsync(CurvePlugin[] plugins, TimeSpan time)
    {
        var table = new CurveTable(
            "connections", "plugin", "resident, MB", "kB for one more", "1 call at a time, on each in turn, /s", "p99, ms", "CPU, µs a call", "CPU while idle, %");
        var first = new Dictionary<CurvePlugin, double>();
        foreach (int point in Points)
        {
            var rows = new List<(CurvePlugin Plugin, CallFigures Calls, double Resident)>();
            foreach (CurvePlugin plugin in plugins)
            {
                await plugin.ConnectAsync(point);
                CallFigures calls = await plugin.CallAsync(callers: 1, size: 100, time);
                double resident = plugin.ResidentMegabytes;
                first.TryAdd(plugin, resident);
                rows.Add((plugin, calls, resident));
                if (plugin.IsOurs)
                {
                    table.Plot(point, calls.CpuMicroseconds);
                }
            }

            // All at once: there is hardly anything to disturb another with.
            double[] before = [.. plugins.Select(static plugin => plugin.CpuSeconds)];
            await Task.Delay(Idle);
            foreach (((CurvePlugin plugin, CallFigures calls, double resident), double cpu) in rows.Zip(before))
            {
                string more = point == 1 ? "–" : ((resident - first[plugin]) / (point - 1) * 1e3).ToString("N0", CultureInfo.InvariantCulture);
                double idle = (plugin.CpuSeconds - cpu) / Idle.TotalSeconds * 100;
                table.Add($"{point:N0} | {plugin.Name} | {resident:F1} | {more} | {calls.Rate:N0} | {calls.P99:F2} | {calls.CpuMicroseconds:F1} | {idle:F2}");
            }
        }

        return table;
    }
}
