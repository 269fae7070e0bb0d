using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Mcp;

/// <summary>What MCP servers of one tool cost: Greeter, and those of the official SDKs, round by round, each in turn.</summary>
internal sealed class McpMeasurement
{
    private const int Many = 16;

    private readonly List<double> _start = [];
    private readonly List<double> _single = [];
    private readonly List<double> _many = [];
    private readonly List<double> _cpu = [];
    private readonly List<double> _residentFirst = [];
    private readonly List<double> _residentLast = [];

    /// <param name="servers">What each is called, its command, and whether that is all there is to it.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="time">How long each series of calls takes.</param>
    public static async Task RunAsync((string Name, string[] Command, bool IsOneFile)[] servers, int rounds, TimeSpan time)
    {
        McpMeasurement[] measured = [.. servers.Select(static _ => new McpMeasurement())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < servers.Length; i++)
            {
                await measured[i].MeasureAsync(servers[i].Command, time);
            }
        }

        Console.WriteLine(
            $"| server of one tool | start → first answer, ms | one at a time, /s | {Many} in flight, /s | CPU, µs a call | resident at the start, MB | resident after, MB | binary, MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < servers.Length; i++)
        {
            Console.WriteLine(measured[i].Row(servers[i].Name, servers[i].IsOneFile ? servers[i].Command[0] : null));
        }
    }

    private async Task MeasureAsync(string[] command, TimeSpan time)
    {
        using McpServerProcess server = await McpServerProcess.StartAsync(command);
        _start.Add(server.Milliseconds);
        _residentFirst.Add(server.ResidentMegabytes);

        // Whoever compiles while it runs may do so first.
        await server.CallAsync(Many, time);
        _single.Add((await server.CallAsync(atOnce: 1, time)).PerSecond);
        double cpu = server.CpuSeconds;
        (long calls, double perSecond) = await server.CallAsync(Many, time);
        _many.Add(perSecond);
        _cpu.Add((server.CpuSeconds - cpu) / calls * 1e6);
        _residentLast.Add(server.ResidentMegabytes);
    }

    private string Row(string name, string? binary)
    {
        string size = binary is null ? "–" : (new FileInfo(binary).Length / 1e6).ToString("N2", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Median(_start):N0} | {Median(_single):N0} | {Median(_many):N0} | {Median(_cpu):N1} | {Median(_residentFirst):N1} | {Median(_residentLast):N1} | {size} |");
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
