using Orchestra.Sdk.SideBySide.Comparison;
using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>What a plugin costs as its work grows tenfold and tenfold again, beside one in Go where that does the same.</summary>
internal sealed class CurvesMeasurement(string folder, string? goPlugin, Settings settings)
{
    private readonly TimeSpan _time = TimeSpan.FromSeconds(settings.Seconds);
    private readonly MeasuredPage _page = new(settings.Docs);

    /// <param name="folder">Of the plugins of benchmarks/Orchestra.Sdk.BenchPlugin, each in a folder that is named after its number of tools.</param>
    /// <param name="goPlugin">The one in Go, if there is one.</param>
    /// <param name="settings">How long each point is measured, and where the page is.</param>
    public static async Task RunAsync(string folder, string? goPlugin, Settings settings)
    {
        var measurement = new CurvesMeasurement(folder, goPlugin, settings);
        DirectoryInfo certificates = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            await measurement.MeasureAsync(certificates.FullName);
        }
        finally
        {
            certificates.Delete(recursive: true);
        }
    }

    public static bool IsFolder(string folder) => ToolCurve.Points.All(tools => File.Exists(BinaryOf(folder, tools)));

    private async Task MeasureAsync(string certificates)
    {
        CurveTable messages = await WriteAsync("messages", MessageCurve.MeasureAsync);
        CurveTable streams = await WriteAsync("streams", StreamCurve.MeasureAsync);
        CurveTable tools = await ToolCurve.MeasureAsync(tools => BinaryOf(folder, tools), certificates, _time);
        _page.Write("tools", tools.Lines);
        CurveTable connections = await WriteAsync("connections", ConnectionCurve.MeasureAsync);
        _page.WritePicture("curves.svg", new CurveChart(
        [
            ("connections: processor for a call", connections),
            ("streams in flight: processor for a call", streams),
            ("tools: time of list_tools for each of them", tools),
            ("messages: processor for a byte", messages),
        ]).ToSvg());

        async Task<CurveTable> WriteAsync(string name, Func<CurvePlugin[], TimeSpan, Task<CurveTable>> measure)
        {
            List<CurvePlugin> plugins = [await CurvePlugin.StartAsync(CurvePlugin.Ours, BinaryOf(folder, ToolCurve.Points[0]), certificates)];
            try
            {
                if (goPlugin is not null)
                {
                    plugins.Add(await CurvePlugin.StartAsync("Go's", goPlugin, certificates));
                }

                CurveTable table = await measure([.. plugins], _time);
                _page.Write(name, table.Lines);
                return table;
            }
            finally
            {
                foreach (CurvePlugin plugin in plugins)
                {
                    await plugin.DisposeAsync();
                }
            }
        }
    }

    private static string BinaryOf(string folder, int tools) => Path.Combine(folder, $"{tools}", "bench-plugin");
}
