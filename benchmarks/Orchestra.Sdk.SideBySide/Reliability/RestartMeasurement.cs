using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Reliability;

/// <summary>A plugin is killed and started again at its address at once: how long until a call of a client works that was connected before.</summary>
internal static class RestartMeasurement
{
    public static async Task RunAsync(string goPlugin, string ours, string goPeer, int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            var store = new CertificateStore(folder.FullName);
            await store.EnsureCertificateAsync("tools.greet");
            PluginCertificate own = await store.EnsureCertificateAsync("orchestrator-to-tools.greet");
            Console.WriteLine("| plugin | client | READY again after, ms | the next call works after, ms | worst |\n|---|---|---:|---:|---:|");
            await MeasureAsync("ours", "ours", ours, folder.FullName, rounds, address => OursAsync(address, own));
            await MeasureAsync("ours", "Go's", ours, folder.FullName, rounds, address => GoesAsync(goPeer, address, folder.FullName));
            await MeasureAsync("Go's", "ours", goPlugin, folder.FullName, rounds, address => OursAsync(address, own));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(
        string plugin, string client, string binary, string certificates, int rounds, Func<string, Task<IRepeatingClient>> connect)
    {
        var ready = new Latencies();
        var works = new Latencies();
        string address;
        using (var first = StartedPlugin.Start(binary, certificates))
        {
            address = first.Address;
        }

        var running = StartedPlugin.Start(binary, certificates, address);
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                // Another one each time: a client dials a peer that it loses again and again more and more rarely.
                await using IRepeatingClient caller = await connect(address);
                await caller.CallUntilItWorksAsync();
                long killed = Stopwatch.GetTimestamp();
                running.Dispose();
                running = StartedPlugin.Start(binary, certificates, address);
                ready.Add(killed);
                await caller.CallUntilItWorksAsync();
                works.Add(killed);
            }
        }
        finally
        {
            running.Dispose();
        }

        Console.WriteLine($"| {plugin} | {client} | {Latencies.Text(ready.Median)} | {Latencies.Text(works.Median)} | {Latencies.Text(works.Worst)} |");
    }

    private static async Task<IRepeatingClient> OursAsync(string address, PluginCertificate own) =>
        new OurClient(await OrchestratorClient.ConnectAsync(address, own));

    private static async Task<IRepeatingClient> GoesAsync(string goPeer, string address, string certificates)
    {
        var client = new GoClient(
            await PeerProgram.StartAsync(goPeer, "client", "--certs-dir", certificates, "--name", "orchestrator-to-tools.greet"), address);
        await client.DialAsync();
        return client;
    }

    /// <summary>Calls again when a call fails.</summary>
    private interface IRepeatingClient : IAsyncDisposable
    {
        Task CallUntilItWorksAsync();
    }

    private sealed class OurClient(OrchestratorClient client) : IRepeatingClient
    {
        public async Task CallUntilItWorksAsync()
        {
            while (true)
            {
                try
                {
                    await client.CallToolAsync("greet", """{"name":"Ada"}""");
                    return;
                }
                catch (OrchestratorException)
                {
                    // It dials again by itself.
                }
            }
        }

        public ValueTask DisposeAsync() => client.DisposeAsync();
    }

    private sealed class GoClient(PeerProgram client, string address) : IRepeatingClient
    {
        public async Task DialAsync() => await client.AskAsync("dial", new JsonObject { ["address"] = address });

        public async Task CallUntilItWorksAsync()
        {
            while (true)
            {
                JsonNode report = await client.AskAsync("calls", new JsonObject
                {
                    ["count"] = 1,
                    ["tool"] = "greet",
                    ["arguments"] = """{"name":"{n}"}""",
                    ["expected"] = """{"text":"Hello, {n}!"}""",
                });
                if ((long)report["calls"]! > 0 && (long)report["failed"]! == 0)
                {
                    return;
                }

                await DialAsync();
            }
        }

        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
