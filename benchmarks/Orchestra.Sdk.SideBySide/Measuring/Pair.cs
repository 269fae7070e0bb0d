using System.Text.Json.Nodes;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>A client, a server of the protocol and one of raw streams, and what was measured with them.</summary>
internal sealed class Pair : IDisposable
{
    private readonly PeerProgram _client;
    private readonly PeerProgram _rawClient;
    private readonly PeerProgram _server;
    private readonly PeerProgram _rawServer;
    private readonly Dictionary<string, List<Sample>> _samples = [];

    private Pair(string name, PeerProgram client, PeerProgram rawClient, PeerProgram server, PeerProgram rawServer)
    {
        Name = name;
        _client = client;
        _rawClient = rawClient;
        _server = server;
        _rawServer = rawServer;
    }

    public string Name { get; }

    public static async Task<Pair> StartAsync(string goPeer, string certificates, bool goClient, bool goServer)
    {
        string ours = Environment.ProcessPath!;
        PeerProgram server = goServer
            ? await PeerProgram.StartAsync(goPeer, "server", "--certs-dir", certificates)
            : await PeerProgram.StartAsync(ours, "server", certificates);
        PeerProgram rawServer = goServer
            ? await PeerProgram.StartAsync(goPeer, "server", "--certs-dir", certificates, "--raw")
            : await PeerProgram.StartAsync(ours, "server", "--raw", certificates);
        PeerProgram client = await StartClientAsync();
        PeerProgram rawClient = await StartClientAsync();
        var pair = new Pair($"{(goClient ? "Go" : "C#")} → {(goServer ? "Go" : "C#")}", client, rawClient, server, rawServer);
        await client.AskAsync("dial", new JsonObject { ["address"] = server.Address });
        await rawClient.AskAsync("dial", new JsonObject { ["address"] = rawServer.Address });
        return pair;

        Task<PeerProgram> StartClientAsync() => goClient
            ? PeerProgram.StartAsync(goPeer, "client", "--certs-dir", certificates)
            : PeerProgram.StartAsync(ours, "client", certificates);
    }

    /// <summary>Makes calls on one connection.</summary>
    public async Task CallAsync(string series, int callers, double seconds)
    {
        JsonObject arguments = new() { ["seconds"] = seconds, ["callers"] = callers, ["size"] = 100 };
        double before = await _server.CpuSecondsAsync();
        JsonNode report = await _client.AskAsync("calls", arguments);
        double cpu = await _server.CpuSecondsAsync() - before;
        CheckAllAnswered(report);
        double calls = (long)report["calls"]!;
        const double Micro = 1e6;
        Add(series, new Sample(
            (double)report["callsPerSecond"]!, (double)report["cpuSeconds"]! / calls * Micro, cpu / calls * Micro));
    }

    /// <summary>Sends a stream each way.</summary>
    public async Task TransferAsync(int mebibytes)
    {
        long bytes = (long)mebibytes << 20;
        double before = await _rawServer.CpuSecondsAsync();
        JsonNode report = await _rawClient.AskAsync("bulk", new JsonObject { ["upload"] = bytes, ["download"] = bytes });
        double server = await _rawServer.CpuSecondsAsync() - before;
        double client = (double)report["cpuSeconds"]!;
        Add("upload", new Sample((double)report["uploadBytesPerSecond"]! / 1e6, client, server));
        Add("download", new Sample((double)report["downloadBytesPerSecond"]! / 1e6, client, server));
    }

    /// <summary>Makes many connections, and a call a second on each.</summary>
    public async Task RunFleetAsync(int connections, double seconds)
    {
        double before = await _server.CpuSecondsAsync();
        JsonNode report = await _client.AskAsync("fleet", new JsonObject
        {
            ["address"] = _server.Address,
            ["connections"] = connections,
            ["seconds"] = seconds,
            ["size"] = 100,
        });
        double server = await _server.CpuSecondsAsync() - before;
        CheckAllAnswered(report);
        if ((long)report["late"]! != 0)
        {
            Console.Error.WriteLine($"{Name}: {report["late"]} calls took more than a second");
        }

        Add("fleet", new Sample(connections / (double)report["dialSeconds"]!, (double)report["cpuSeconds"]!, server));
    }

    /// <summary>What was measured of a series, each value the median of the rounds.</summary>
    public Sample MedianOf(string series)
    {
        List<Sample> samples = _samples[series];
        return new Sample(
            Median(samples, static s => s.Rate), Median(samples, static s => s.ClientCpu), Median(samples, static s => s.ServerCpu));
    }

    public void Forget() => _samples.Clear();

    public void Dispose()
    {
        _client.Dispose();
        _rawClient.Dispose();
        _server.Dispose();
        _rawServer.Dispose();
    }

    private void Add(string series, Sample sample)
    {
        if (!_samples.TryGetValue(series, out List<Sample>? samples))
        {
            _samples.Add(series, samples = []);
        }

        samples.Add(sample);
    }

    private void CheckAllAnswered(JsonNode report)
    {
        if ((long)report["failed"]! != 0)
        {
            throw new InvalidDataException($"{Name}: {report.ToJsonString()}");
        }
    }

    private static double Median(List<Sample> samples, Func<Sample, double> value)
    {
        double[] values = [.. samples.Select(value).Order()];
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
