using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>All series, round by round, each with every pair in turn: whatever else the machine does hits all alike.</summary>
internal static class Measurement
{
    private const double WarmUpSeconds = 1;
    private const double FleetSeconds = 10;

    private static readonly int[] Callers = [1, 16, 128];

    public static async Task RunAsync(string goPeer, Settings settings)
    {
        DirectoryInfo certificates = Directory.CreateTempSubdirectory("side-by-side-");
        var pairs = new List<Pair>();
        try
        {
            foreach ((bool goClient, bool goServer) in new[] { (true, true), (false, true), (true, false), (false, false) })
            {
                pairs.Add(await Pair.StartAsync(goPeer, certificates.FullName, goClient, goServer));
            }

            await MeasureAsync(pairs, settings);
            Print(pairs, settings);
        }
        finally
        {
            pairs.ForEach(static pair => pair.Dispose());
            certificates.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(List<Pair> pairs, Settings settings)
    {
        foreach (Pair pair in pairs)
        {
            await pair.CallAsync("warm-up", Callers[^1], WarmUpSeconds);
            await pair.TransferAsync(mebibytes: 16);
            pair.Forget();
        }

        for (int round = 0; round < settings.Rounds; round++)
        {
            foreach (int callers in Callers)
            {
                foreach (Pair pair in pairs)
                {
                    await pair.CallAsync(SeriesOf(callers), callers, settings.Seconds);
                }
            }

            foreach (Pair pair in pairs)
            {
                await pair.TransferAsync(settings.Mebibytes);
            }
        }

        foreach (Pair pair in pairs)
        {
            await pair.RunFleetAsync(settings.Connections, FleetSeconds);
        }
    }

    private static string SeriesOf(int callers) => callers.ToString(CultureInfo.InvariantCulture);

    private static void Print(List<Pair> pairs, Settings settings)
    {
        foreach (int callers in Callers)
        {
            Print(pairs, SeriesOf(callers), $"{callers} callers", "calls/s", "µs a call");
        }

        string bytes = string.Create(CultureInfo.InvariantCulture, $"{settings.Mebibytes} MiB");
        Print(pairs, "upload", $"{bytes} to the server", "MB/s", "s both ways");
        Print(pairs, "download", $"{bytes} from the server", "MB/s", "s both ways");
        Print(pairs, "fleet", $"{settings.Connections} connections, a call a second each, {FleetSeconds} s", "dials/s", "s");
    }

    private static void Print(List<Pair> pairs, string series, string title, string rate, string cpu)
    {
        Console.WriteLine($"\n| {title} | {rate} | of Go → Go | client CPU, {cpu} | server CPU, {cpu} |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        double reference = pairs[0].MedianOf(series).Rate;
        foreach (Pair pair in pairs)
        {
            Sample sample = pair.MedianOf(series);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {pair.Name} | {sample.Rate:N0} | {sample.Rate / reference:F2} | {sample.ClientCpu:G3} | {sample.ServerCpu:G3} |"));
        }
    }
}
