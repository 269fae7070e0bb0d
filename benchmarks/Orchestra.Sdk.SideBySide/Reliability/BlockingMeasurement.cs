using System.Diagnostics;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Reliability;

/// <summary>What others wait for while so many tools block their threads.</summary>
internal static class BlockingMeasurement
{
    private const int Samples = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            var store = new CertificateStore(folder.FullName);
            PluginCertificate greedy = await store.EnsureCertificateAsync("tools.greedy");
            PluginCertificate own = await store.EnsureCertificateAsync("orchestrator-to-tools.blocking");
            Console.WriteLine("| blocked calls | handshake, p99 ms | health, p99 ms | quick tool, p99 ms | shutdown, worst ms |\n|---:|---:|---:|---:|---:|");
            foreach (int blocked in new[] { 0, 1, 8, 100, 1000, 1200 })
            {
                var row = new Row();
                for (int round = 0; round < rounds; round++)
                {
                    using var plugin = StartedPlugin.Start(
                        Environment.ProcessPath!, folder.FullName, "127.0.0.1:0", BlockingPlugin.Command);
                    await MeasureAsync(plugin.Address, greedy, own, blocked, row);
                }

                Console.WriteLine(
                    $"| {blocked:N0} | {Latencies.Text(row.Handshake.P99)} | {Latencies.Text(row.Health.P99)} | {Latencies.Text(row.Quick.P99)} | {Latencies.Text(row.Shutdown.Worst)} |");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string address, PluginCertificate greedy, PluginCertificate own, int blocked, Row row)
    {
        await using OrchestratorClient host = await OrchestratorClient.ConnectAsync(address, own);
        await host.HealthAsync();
        await using OrchestratorClient blocker = await OrchestratorClient.ConnectAsync(address, greedy);
        var clients = new List<OrchestratorClient> { blocker };
        var calls = new List<Task>();
        for (int i = 0; i < blocked; i++)
        {
            if (i > 0 && i % 100 == 0)
            {
                // So many streams a connection may have.
                clients.Add(await OrchestratorClient.ConnectAsync(address, greedy));
            }

            calls.Add(BlockAsync(clients[^1]));
        }

        // From the first moment: the pool has its few threads then.
        for (int i = 0; i < Samples; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await using (await OrchestratorClient.ConnectAsync(address, own))
            {
                row.Handshake.Add(started);
            }

            started = Stopwatch.GetTimestamp();
            await host.HealthAsync();
            row.Health.Add(started);
            started = Stopwatch.GetTimestamp();
            await host.CallToolAsync("quick", "{}");
            row.Quick.Add(started);
            await Task.Delay(Interval);
        }

        long asked = Stopwatch.GetTimestamp();
        await host.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() });
        row.Shutdown.Add(asked);
        await Task.WhenAll(calls);
        foreach (OrchestratorClient client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static async Task BlockAsync(OrchestratorClient client)
    {
        try
        {
            await client.CallToolAsync("block", "{}");
        }
        catch (OrchestratorException)
        {
            // The plugin ends under it.
        }
    }

    private sealed class Row
    {
        public Latencies Handshake { get; } = new();

        public Latencies Health { get; } = new();

        public Latencies Quick { get; } = new();

        public Latencies Shutdown { get; } = new();
    }
}
