using System.Diagnostics;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>
/// The example Notes, published, and all kinds of clients of it for minutes or days: what must not happen is that anything grows. The
/// load is a modest one, so that it can run beside other work.
/// </summary>
internal sealed class SoakRun
{
    private const string Id = "tools.notes";

    private readonly SoakReport _report = new();
    private long _logLines;
    private string _lastLine = "";

    /// <returns>Whether nothing grew, nothing failed, and the plugin ended well.</returns>
    public static async Task<bool> RunAsync(string notes, SoakOptions options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("soak-");
        DirectoryInfo foreignFolder = Directory.CreateTempSubdirectory("soak-");
        try
        {
            var store = new CertificateStore(folder.FullName);
            await store.EnsureCertificateAsync(Id);
            PluginCertificate own = await store.EnsureCertificateAsync($"orchestrator-to-{Id}");
            PluginCertificate peer = await store.EnsureCertificateAsync("tools.peer");
            PluginCertificate foreign = await new CertificateStore(foreignFolder.FullName).EnsureCertificateAsync($"orchestrator-to-{Id}");
            using var plugin = StartedPlugin.Start(notes, folder.FullName);
            return await new SoakRun().RunAsync(
                plugin, own, new HostileLoad(plugin.Address, folder.FullName, peer, foreign), folder, options);
        }
        finally
        {
            folder.Delete(recursive: true);
            foreignFolder.Delete(recursive: true);
        }
    }

    private async Task<bool> RunAsync(
        StartedPlugin plugin, PluginCertificate own, HostileLoad hostile, DirectoryInfo folder, SoakOptions options)
    {
        Task log = plugin.ReadLogAsync(line => (_lastLine, _logLines) = (line, _logLines + 1));
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(plugin.Address, own);
        var boot = new BootRequest { Config = { ["data_dir"] = Path.Combine(folder.FullName, "data") } };
        await client.SendAsync(new PluginRequest { Boot = boot });
        var load = new NotesLoad(plugin.Address, own, client);
        await load.PrepareAsync();
        (string Name, SoakActor Actor)[] actors =
        [
            Actor("calls", 50, load.CallAsync),
            Actor("streams", 500, load.StreamAsync),
            Actor("cancels", 300, load.CancelAsync),
            Actor("slow readers", 5000, load.ReadSlowlyAsync),
            Actor("more slow readers", 7000, load.ReadSlowlyAsync),
            Actor("reconnects", 1000, load.ReconnectAsync),
            Actor("prompts", 500, load.PromptAsync),
            Actor("storage", 300, load.StoreAsync),
            Actor("events", 700, load.PublishAsync),
            Actor("killed clients", 5000, async turn =>
            {
                await hostile.KillAsync(turn);
                await load.DeleteVictimsAsync();
            }),
            Actor("strangers", 2000, hostile.DialAsStrangerAsync),
            Actor("bad requests", 2000, hostile.SendBadRequestsAsync),
            Actor("handshakes left", 500, hostile.BeginAndLeaveAsync),
            Actor("garbage", 500, hostile.SendGarbageAsync),
        ];
        actors = [.. actors.Where(actor => options.Only is [] || options.Only.Contains(actor.Name))];
        using var stop = new CancellationTokenSource();
        Task[] running = [.. actors.Select(actor => actor.Actor.RunAsync(stop.Token))];
        await WatchAsync(plugin, [.. actors.Select(static actor => actor.Actor)], options.Minutes);
        await stop.CancelAsync();
        await Task.WhenAll(running);

        bool grows = _report.PrintVerdict();
        if (options.Chart is { } chart)
        {
            _report.WriteChart(chart);
        }

        PluginResponse answer = await client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() });
        await client.DisposeAsync();
        int exitCode = await plugin.WhenExitedAsync(TimeSpan.FromSeconds(30));
        await log;
        Console.WriteLine($"turns: {string.Join(", ", actors.Select(static actor => $"{actor.Actor.Turns} {actor.Name}"))}");
        Console.WriteLine($"{_logLines} lines of log; the end was {(answer.Shutdown.Clean ? "clean" : "not clean")}, with exit code {exitCode}");
        foreach ((string what, int count) in SoakActor.Failures)
        {
            Console.WriteLine($"failed {count} times: {what}");
        }

        return !grows && SoakActor.Failures.IsEmpty && answer.Shutdown.Clean && exitCode == 0;
    }

    private async Task WatchAsync(StartedPlugin plugin, SoakActor[] actors, int minutes)
    {
        SoakReport.PrintHead();
        long started = Stopwatch.GetTimestamp();
        for (int minute = 0; minute <= minutes; minute++)
        {
            TimeSpan wait = TimeSpan.FromMinutes(minute) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            if (plugin.HasExited)
            {
                throw new InvalidDataException($"The plugin has ended. Its last line: {_lastLine}");
            }

            _report.Add(new SoakSample(
                Stopwatch.GetElapsedTime(started).TotalMinutes,
                plugin.ResidentMegabytes,
                ProcessStatus.Handles(plugin.Id),
                plugin.Threads,
                ProcessStatus.CpuSeconds(plugin.Id),
                GC.GetTotalMemory(forceFullCollection: true) / 1e6,
                ProcessStatus.Handles(Environment.ProcessId),
                actors.Sum(static actor => (long)actor.Turns),
                SoakActor.Failures.Values.Sum()));
        }
    }

    private static (string Name, SoakActor Actor) Actor(string name, int milliseconds, Func<int, Task> turnAsync) =>
        (name, new SoakActor(name, TimeSpan.FromMilliseconds(milliseconds), turnAsync));
}
