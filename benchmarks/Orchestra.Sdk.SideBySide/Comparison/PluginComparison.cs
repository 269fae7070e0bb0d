using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>
/// Every row that users of a plugin see, round by round, each with every pair in turn: whatever else the machine does hits all alike. Each
/// round has new processes.
/// </summary>
internal sealed class PluginComparison(Programs programs, Settings settings)
{
    private readonly CallRows[] _calls = [new(1), new(16), new(128)];
    private readonly StreamRows _streams = new();
    private readonly ConnectRows _connects = new();
    private readonly MemoryRows _memory = new();

    public static async Task RunAsync(Programs programs, Settings settings)
    {
        var comparison = new PluginComparison(programs, settings);
        DirectoryInfo certificates = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            for (int round = 0; round < settings.Rounds; round++)
            {
                await Console.Error.WriteLineAsync($"round {round + 1} of {settings.Rounds}");
                await comparison.MeasureAsync(certificates.FullName);
            }
        }
        finally
        {
            certificates.Delete(recursive: true);
        }

        StartMeasurement start = await StartMeasurement.RunAsync(programs.GoPlugin, programs.Plugin, 2 * settings.Rounds);
        comparison.Report(start);
    }

    private async Task MeasureAsync(string certificates)
    {
        var pairs = new List<(PairKind Kind, Pair Pair)>();
        try
        {
            foreach (PairKind kind in PairKind.All)
            {
                pairs.Add((kind, await Pair.StartAsync(kind, programs, certificates)));
                await pairs[^1].Pair.WarmUpAsync();
            }

            foreach (CallRows rows in _calls)
            {
                await InTurnAsync((kind, pair) => pair.CallAsync(rows, kind, rows.Callers, settings.Seconds));
            }

            ReadResident(_memory.AfterCalls);
            await InTurnAsync((kind, pair) => pair.StreamAsync(_streams, kind));
            ReadResident(_memory.AfterStreams);
            await InTurnAsync((kind, pair) => pair.ConnectAsync(_connects, kind, settings.Seconds));
            ReadResident(_memory.AfterConnects);
        }
        finally
        {
            pairs.ForEach(static pair => pair.Pair.Dispose());
        }

        async Task InTurnAsync(Func<PairKind, Pair, Task> measure)
        {
            foreach ((PairKind kind, Pair pair) in pairs)
            {
                await measure(kind, pair);
            }
        }

        void ReadResident(Row row) => pairs.ForEach(pair => pair.Pair.AddResident(row, pair.Kind));
    }

    private void Report(StartMeasurement start)
    {
        Row[] rows = [.. _calls.SelectMany(static rows => rows.All), .. _streams.All, .. _connects.All, .. _memory.All];
        var page = new MeasuredPage(settings.Docs);
        page.Write("go-client", [PluginTable.Head("Go's client"), .. rows.Select(static row => row.Line(goClient: true)), .. start.Lines]);
        page.Write("our-client", [PluginTable.Head("our client"), .. rows.Select(static row => row.Line(goClient: false))]);
        Row[] rates = [.. _calls.Select(static rows => rows.Rate), _streams.Rate, _connects.Rate];
        page.Write("pairs", PluginTable.OfPairs(rates));
        page.WritePicture("performance.svg", new RatioChart(rates, [.. _calls.Select(static rows => rows.PluginCpu), _memory.AfterCalls]).ToSvg());
    }
}
