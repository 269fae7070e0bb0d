using System.Text.Json.Nodes;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>A client and a plugin in processes of their own, and what is measured with them.</summary>
internal sealed class Pair : IDisposable
{
    private const int TextSize = 100;
    private const int Chunks = 4096;
    private const int ChunkSize = 64 * 1024;
    private const double Micro = 1e6;
    private const double Milli = 1e3;

    private readonly PeerProgram _client;
    private readonly StartedPlugin _plugin;

    private Pair(PeerProgram client, StartedPlugin plugin)
    {
        _client = client;
        _plugin = plugin;
    }

    public static async Task<Pair> StartAsync(PairKind kind, Programs programs, string certificates)
    {
        var plugin = StartedPlugin.Start(kind.GoPlugin ? programs.GoPlugin : programs.Plugin, certificates);
        PeerProgram client = kind.GoClient
            ? await PeerProgram.StartAsync(programs.GoPeer, "bench", "--certs-dir", certificates)
            : await PeerProgram.StartAsync(Environment.ProcessPath!, "client", certificates);
        await client.AskAsync("dial", new JsonObject { ["address"] = plugin.Address });
        return new Pair(client, plugin);
    }

    public async Task WarmUpAsync() => await AskForCallsAsync(callers: 16, seconds: 0.5);

    public async Task CallAsync(CallRows rows, PairKind kind, int callers, double seconds)
    {
        double cpu = ProcessStatus.CpuSeconds(_plugin.Id);
        long datagrams = UdpCounters.DatagramsReceived();
        JsonNode report = await AskForCallsAsync(callers, seconds);
        double calls = (double)report["count"]!;
        rows.Rate.Add(kind, calls / (double)report["seconds"]!);
        rows.Median.Add(kind, (double)report["medianSeconds"]! * Milli);
        rows.P99.Add(kind, (double)report["p99Seconds"]! * Milli);
        rows.PluginCpu.Add(kind, (ProcessStatus.CpuSeconds(_plugin.Id) - cpu) / calls * Micro);
        rows.ClientCpu.Add(kind, (double)report["cpuSeconds"]! / calls * Micro);
        rows.Datagrams.Add(kind, (UdpCounters.DatagramsReceived() - datagrams) / calls);
    }

    public async Task StreamAsync(StreamRows rows, PairKind kind)
    {
        double cpu = ProcessStatus.CpuSeconds(_plugin.Id);
        JsonNode report = await _client.AskAsync("stream", new JsonObject { ["chunks"] = Chunks, ["size"] = ChunkSize });
        double gigabytes = (double)report["count"]! / 1e9;
        rows.Rate.Add(kind, gigabytes * 1e3 / (double)report["seconds"]!);
        rows.PluginCpu.Add(kind, (ProcessStatus.CpuSeconds(_plugin.Id) - cpu) / gigabytes);
        rows.ClientCpu.Add(kind, (double)report["cpuSeconds"]! / gigabytes);
    }

    public async Task ConnectAsync(ConnectRows rows, PairKind kind, double seconds)
    {
        double cpu = ProcessStatus.CpuSeconds(_plugin.Id);
        JsonNode report = await _client.AskAsync("connects", new JsonObject { ["seconds"] = seconds });
        double connects = (double)report["count"]!;
        rows.Rate.Add(kind, connects / (double)report["seconds"]!);
        rows.PluginCpu.Add(kind, (ProcessStatus.CpuSeconds(_plugin.Id) - cpu) / connects * Milli);
        rows.ClientCpu.Add(kind, (double)report["cpuSeconds"]! / connects * Milli);
    }

    public void AddResident(Row row, PairKind kind) => row.Add(kind, ProcessStatus.ResidentMegabytes(_plugin.Id));

    public void Dispose()
    {
        _client.Dispose();
        _plugin.Dispose();
    }

    private Task<JsonNode> AskForCallsAsync(int callers, double seconds) =>
        _client.AskAsync("calls", new JsonObject { ["callers"] = callers, ["seconds"] = seconds, ["size"] = TextSize });
}
