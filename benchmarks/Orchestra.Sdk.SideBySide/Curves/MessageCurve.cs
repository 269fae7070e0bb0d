namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>Texts from 100 bytes to what a message takes, there and back.</summary>
internal static class MessageCurve
{
    // The last is 16 MiB with what is around the text.
    private static readonly (string Name, int Size)[] Points =
    [
        ("100 B", 100), ("1 KiB", 1 << 10), ("16 KiB", 16 << 10), ("256 KiB", 256 << 10), ("1 MiB", 1 << 20), ("16 MiB", (16 << 20) - 200),
    ];

    public static async Task<CurveTable> MeasureAsync(CurvePlugin[] plugins, TimeSpan time)
    {
        var table = new CurveTable("text", "plugin", "calls/s", "MB/s each way", "p99, ms", "CPU, µs a call", "CPU, ms a MB", "resident after, MB");
        foreach ((string name, int size) in Points)
        {
            foreach (CurvePlugin plugin in plugins)
            {
                await plugin.ConnectAsync(1);
                CallFigures calls = await plugin.CallAsync(callers: 1, size, time);
                double megabytes = size / 1e6;
                double milliseconds = calls.CpuMicroseconds / 1e3;
                table.Add(
                    $"{name} | {plugin.Name} | {calls.Rate:N0} | {calls.Rate * megabytes:N1} | {calls.P99:F2} | {calls.CpuMicroseconds:N0} | {milliseconds / megabytes:F1} | {plugin.ResidentMegabytes:F1}");
                if (plugin.IsOurs)
                {
                    table.Plot(size, milliseconds / megabytes);
                }
            }
        }

        return table;
    }
}
