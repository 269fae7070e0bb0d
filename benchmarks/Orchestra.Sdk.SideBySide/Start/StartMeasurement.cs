using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.SideBySide.Start;

/// <summary>What starting a plugin and having it costs: ours and one in Go, round by round, each in turn.</summary>
internal sealed class StartMeasurement
{
    private const int Calls = 100_000;
    private const int Callers = 16;

    // They take much longer than a start.
    private const int RoundsWithCalls = 3;

    // Until the threads that READY does not wait for are there.
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(100);

    private readonly StartRow _size = new("binary, MB", "F2");
    private readonly StartRow _start = new("exec → READY, ms", "F1");
    private readonly StartRow _startAnew = new("exec → READY, certificates made, ms", "F1");
    private readonly StartRow _manifest = new("`--manifest`, whole process, ms", "F1");
    private readonly StartRow _resident = new("resident at READY, MB", "F1");
    private readonly StartRow _threads = new("threads at READY", "F0");
    private readonly StartRow _residentAfter = new($"resident after {Calls:N0} calls of {Callers} callers, MB", "F1");

    public static async Task RunAsync(string goPlugin, string ours, int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            var store = new CertificateStore(folder.FullName);
            await store.EnsureCertificateAsync("tools.greet");
            PluginCertificate own = await store.EnsureCertificateAsync("orchestrator-to-tools.greet");
            var measurement = new StartMeasurement();
            for (int round = 0; round < rounds; round++)
            {
                await measurement.MeasureAsync(goPlugin, go: true, folder.FullName, round < RoundsWithCalls ? own : null);
                await measurement.MeasureAsync(ours, go: false, folder.FullName, round < RoundsWithCalls ? own : null);
            }

            measurement.Print();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync(string binary, bool go, string certificates, PluginCertificate? caller)
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
            if (caller is not null)
            {
                await plugin.CallAsync(caller, Calls, Callers);
                _residentAfter.Add(go, plugin.ResidentMegabytes);
            }
        }
    }

    private void Print()
    {
        Console.WriteLine("| median (range) | Go plugin | our plugin | ratio |\n|---|---:|---:|---:|");
        foreach (StartRow row in new[] { _start, _startAnew, _manifest, _resident, _residentAfter, _threads, _size })
        {
            Console.WriteLine(row);
        }
    }
}
