using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Peer;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Reliability;

/// <summary>
/// What a polite client has of a greedy one beside it, which has a certificate of the same authority. For comparison the greedy one
/// troubles another plugin, and once nobody but the processors: what that costs is the machine's.
/// </summary>
internal static class GreedyMeasurement
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RampUp = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(string plugin, int seconds)
    {
        DirectoryInfo certificates = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            string ours = Environment.ProcessPath!;
            PluginCertificate polite = await new CertificateStore(certificates.FullName).EnsureCertificateAsync("orchestrator-to-polite");
            using var server = StartedPlugin.Start(plugin, certificates.FullName);
            using var other = StartedPlugin.Start(plugin, certificates.FullName);
            await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(server.Address, polite);
            var load = new CallLoad(client, size: 100);
            await MeasureAsync(load, seconds);

            Console.WriteLine("| the greedy one makes | before, ms | beside it, ms | beside it at another plugin, ms | after, ms |");
            Console.WriteLine("|---|---:|---:|---:|---:|");
            foreach (string kind in new[] { GreedyLoad.Nothing, GreedyLoad.Streams, GreedyLoad.Unread, GreedyLoad.Large })
            {
                Latencies before = await MeasureAsync(load, seconds);
                Latencies beside = await BesideAsync(kind, server);
                Latencies after = await MeasureAsync(load, seconds);
                Latencies elsewhere = await BesideAsync(kind, other);
                Console.WriteLine($"| {kind} | {Text(before)} | {Text(beside)} | {Text(elsewhere)} | {Text(after)} |");
            }

            async Task<Latencies> BesideAsync(string kind, StartedPlugin victim)
            {
                // Behind all others: what is measured is the plugin, and not how the system shares its processors among hundreds of threads.
                using PeerProgram greedy = await PeerProgram.StartAsync("nice", "-n", "19", ours, "client", certificates.FullName);
                Task<JsonNode> greed = greedy.AskAsync("greed", new JsonObject
                {
                    ["address"] = victim.Address,
                    ["kind"] = kind,
                    ["seconds"] = seconds + (2 * RampUp.TotalSeconds),
                });
                await Task.Delay(RampUp);
                Latencies latencies = await MeasureAsync(load, seconds);
                await Console.Error.WriteLineAsync($"{kind}: {(await greed).ToJsonString()}");
                return latencies;
            }
        }
        finally
        {
            certificates.Delete(recursive: true);
        }
    }

    /// <summary>A call every few milliseconds, as long as the one before is done.</summary>
    private static async Task<Latencies> MeasureAsync(CallLoad load, int seconds)
    {
        var latencies = new Latencies();
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds)
        {
            long started = Stopwatch.GetTimestamp();
            await load.CallAsync();
            latencies.Add(started);
            await Task.Delay(Interval);
        }

        return latencies;
    }

    private static string Text(Latencies latencies) => string.Create(
        CultureInfo.InvariantCulture, $"{Latencies.Text(latencies.Median)}, p99 {Latencies.Text(latencies.P99)}");
}
