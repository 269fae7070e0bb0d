using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>
/// Dials a plugin and makes load, by the commands of Go's client for benchmarks: <c>dial</c>, <c>calls</c>, <c>stream</c> and
/// <c>connects</c>; and <c>greed</c>.
/// </summary>
internal sealed class BenchClient(PluginCertificate certificate)
{
    private string _address = "";
    private OrchestratorClient? _client;

    public static async Task RunAsync(string certificates)
    {
        var client = new BenchClient(await new CertificateStore(certificates).EnsureCertificateAsync("orchestrator-to-bench"));
        await CommandLoop.RunAsync(client.ObeyAsync);
    }

    private async Task<JsonObject> ObeyAsync(string command, JsonNode arguments)
    {
        double cpu = CommandLoop.CpuSeconds;
        JsonObject report = command switch
        {
            "dial" => await DialAsync((string)arguments["address"]!),
            "calls" => await CallAsync((int)arguments["callers"]!, (int)arguments["size"]!, SecondsOf(arguments)),
            "stream" => await StreamAsync((int)arguments["chunks"]!, (int)arguments["size"]!),
            "connects" => await ConnectAsync(SecondsOf(arguments)),
            "greed" => await new GreedyLoad((string)arguments["address"]!, certificate, SecondsOf(arguments)).RunAsync((string)arguments["kind"]!),
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

    private async Task<JsonObject> CallAsync(int callers, int size, TimeSpan time)
    {
        var load = new CallLoad(_client!, size);
        var all = new ConcurrentBag<Latencies>();
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var latencies = new Latencies();
            for (long begun = started; Stopwatch.GetElapsedTime(started) < time; begun = Stopwatch.GetTimestamp())
            {
                await load.CallAsync();
                latencies.Add(begun);
            }

            all.Add(latencies);
        })));
        JsonObject report = ReportOf(load.Calls, started);
        var merged = Latencies.Merge(all);
        report["medianSeconds"] = merged.Median / 1e3;
        report["p99Seconds"] = merged.P99 / 1e3;
        return report;
    }

    private async Task<JsonObject> StreamAsync(int chunks, int size)
    {
        long started = Stopwatch.GetTimestamp();
        long count = 0;
        await foreach (StreamChunk chunk in _client!.StreamToolAsync("count", ArgumentValues.ToStruct(new Dictionary<string, object?> { ["chunks"] = chunks, ["size"] = size })))
        {
            count += chunk.Data.Length;
        }

        return count == (long)chunks * size ? ReportOf(count, started) : throw new InvalidDataException("count gave another number of bytes");
    }

    /// <summary>Connections one after the other, each with one call.</summary>
    private async Task<JsonObject> ConnectAsync(TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        long count = 0;
        for (; Stopwatch.GetElapsedTime(started) < time; count++)
        {
            await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(_address, certificate);
            await new CallLoad(client, size: 1).CallAsync();
        }

        return ReportOf(count, started);
    }

    private static TimeSpan SecondsOf(JsonNode arguments) => TimeSpan.FromSeconds((double)arguments["seconds"]!);

    private static JsonObject ReportOf(long count, long started) =>
        new() { ["count"] = count, ["seconds"] = Stopwatch.GetElapsedTime(started).TotalSeconds };
}
