namespace Orchestra.Sdk.SideBySide.Start;

/// <summary>What starting a plugin and having it costs: ours and one in Go, round by round, each in turn.</summary>
internal sealed class StartMeasurement
{
    // Until the threads that READY does not wait for are there.
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(100);

    private readonly StartRow _size = new("binary, MB", "F2");
    private readonly StartRow _start = new("exec → READY, ms", "F1");
    private readonly StartRow _startAnew = new("exec → READY, certificates made, ms", "F1");
    private readonly StartRow _manifest = new("`--manifest`, whole process, ms", "F1");
    private readonly StartRow _resident = new("resident at READY, MB", "F1");
    private readonly StartRow _threads = new("threads at READY", "F0");

    /// <summary>The rows of a table.</summary>
    public IEnumerable<string> Lines =>
        new[] { _start, _startAnew, _manifest, _resident, _threads, _size }.Select(static row => row.ToString());

    /// <param name="goPlugin">The plugin in Go.</param>
    /// <param name="ours">Ours.</param>
    /// <param name="rounds">How often each is started.</param>
    public static async Task<StartMeasurement> RunAsync(string goPlugin, string ours, int rounds)
    {
        DirectoryInfo certificates = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            // Here the certificates of both are made.
            StartedPlugin.Start(goPlugin, certificates.FullName).Dispose();
            StartedPlugin.Start(ours, certificates.FullName).Dispose();
            var measurement = new StartMeasurement();
            for (int round = 0; round < rounds; round++)
            {
                await measurement.MeasureAsync(goPlugin, go: true, certificates.FullName);
                await measurement.MeasureAsync(ours, go: false, certificates.FullName);
            }

            return measurement;
        }
        finally
        {
            certificates.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync(string binary, bool go, string certificates)
    {
        _size.Add(go, new FileInfo(binary).Length / 1e6);
        _manifest.Add(go, StartedPlugin.MillisecondsOfManifest(binary));
        DirectoryInfo empty = Directory.CreateTempSubdirectory("side-by-side-");
        using (var plugin = StartedPlugin.Start(binary, empty.FullName))
        {
            _startAnew.Add(go, plugin.Milliseconds);
        }

        empty.Delete(recursive: true);
        using (var plugin = StartedPlugin.Start(binary, certificates))
        {
            _start.Add(go, plugin.Milliseconds);
            await Task.Delay(Calm);
            _resident.Add(go, plugin.ResidentMegabytes);
            _threads.Add(go, plugin.Threads);
        }
    }
}
