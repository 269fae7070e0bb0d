using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>Dials and makes load, by the Go peer's commands <c>dial</c>, <c>calls</c>, <c>bulk</c> and <c>fleet</c>; and <c>greed</c>.</summary>
internal sealed class BenchClient(PluginCertificate certificate)
{
    private string _address = "";
    private OrchestratorClient? _client;

    public static async Task RunAsync(string certificates)
    {
        var client = new BenchClient(await new CertificateStore(certificates).EnsureCertificateAsync("cs-client"));
        await CommandLoop.RunAsync([], client.ObeyAsync);
    }

    private async Task<JsonObject> ObeyAsync(string command, JsonNode arguments)
    {
        double cpu = CommandLoop.CpuSeconds;
        JsonObject report = command switch
        {
            "dial" => await DialAsync((string)arguments["address"]!),
            "calls" => await CallAsync(arguments),
            "bulk" => await TransferAsync(arguments),
            "fleet" => await RunFleetAsync(arguments),
            "greed" => await new GreedyLoad(
                (string)arguments["address"]!, certificate, TimeSpan.FromSeconds((double)arguments["seconds"]!)).RunAsync((string)arguments["kind"]!),
            _ => throw new ArgumentException($"unknown command {command}"),
        };
        report["cpuSeconds"] = CommandLoop.CpuSeconds - cpu;
        return report;
    }

    private async Task<JsonObject> DialAsync(string address)
    {
        _address = address;
        _client = await OrchestratorClient.ConnectAsync(address, certificate);
        return [];
    }

    private async Task<JsonObject> CallAsync(JsonNode arguments)
    {
        var load = new CallLoad(_client!, (int)arguments["size"]!);
        long started = Stopwatch.GetTimestamp();
        var end = TimeSpan.FromSeconds((double)arguments["seconds"]!);
        await Task.WhenAll(Enumerable.Range(0, (int)arguments["callers"]!).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < end)
            {
                await load.CallAsync();
            }
        })));
        return new JsonObject
        {
            ["calls"] = load.Calls,
            ["failed"] = 0,
            ["callsPerSecond"] = load.Calls / Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
    }

    private async Task<JsonObject> TransferAsync(JsonNode arguments)
    {
        long upload = (long)arguments["upload"]!;
        long download = (long)arguments["download"]!;
        var options = new QuicClientOptions
        {
            RemoteEndPoint = IPEndPoint.Parse(_address),
            Connection = QuicSettings.ForClient(certificate, "127.0.0.1"),
        };
        await using QuicConnection connection = await QuicConnection.ConnectAsync(options);
        long started = Stopwatch.GetTimestamp();
        await RawStream.TransferAsync(connection, upload, download: 0);
        double uploadSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        await RawStream.TransferAsync(connection, upload: 0, download);
        double downloadSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new JsonObject
        {
            ["uploadBytesPerSecond"] = upload / uploadSeconds,
            ["downloadBytesPerSecond"] = download / downloadSeconds,
        };
    }

    private async Task<JsonObject> RunFleetAsync(JsonNode arguments)
    {
        int count = (int)arguments["connections"]!;
        long started = Stopwatch.GetTimestamp();
        var clients = new List<OrchestratorClient>();
        while (clients.Count < count)
        {
            clients.Add(await OrchestratorClient.ConnectAsync((string)arguments["address"]!, certificate));
        }

        double dialSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var end = TimeSpan.FromSeconds((double)arguments["seconds"]!);
        started = Stopwatch.GetTimestamp();
        int calls = 0;
        int late = 0;
        await Task.WhenAll(clients.Select(async (client, i) =>
        {
            var load = new CallLoad(client, (int)arguments["size"]!);
            await Task.Delay(TimeSpan.FromSeconds((double)i / count));
            for (var next = Stopwatch.GetElapsedTime(started); next < end; next += TimeSpan.FromSeconds(1))
            {
                TimeSpan wait = next - Stopwatch.GetElapsedTime(started);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
                long begun = Stopwatch.GetTimestamp();
                await load.CallAsync();
                Interlocked.Increment(ref calls);
                if (Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(1))
                {
                    Interlocked.Increment(ref late);
                }
            }
        }));
        foreach (OrchestratorClient client in clients)
        {
            await client.DisposeAsync();
        }

        return new JsonObject { ["calls"] = calls, ["failed"] = 0, ["late"] = late, ["dialSeconds"] = dialSeconds };
    }
}
