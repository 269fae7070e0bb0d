using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>What is measured of calls.</summary>
internal sealed class CallRows(int callers)
{
    private readonly string _callers = callers == 1 ? "1 caller" : string.Create(CultureInfo.InvariantCulture, $"{callers} callers");

    public int Callers => callers;

    public Row Rate => field ??= new($"{_callers}, calls/s", "N0");

    public Row Median => field ??= new($"{_callers}, median of a call, ms", "F2");

    public Row P99 => field ??= new($"{_callers}, p99 of a call, ms", "F2");

    public Row PluginCpu => field ??= new($"{_callers}, plugin's CPU, µs a call", "F1");

    public Row ClientCpu => field ??= new($"{_callers}, client's CPU, µs a call", "F1");

    public Row Datagrams => field ??= new($"{_callers}, datagrams a call, both ways", "F2");

    public Row[] All => [Rate, Median, P99, PluginCpu, ClientCpu, Datagrams];
}

/// <summary>What is measured of streams from the plugin.</summary>
internal sealed class StreamRows
{
    public Row Rate { get; } = new("streaming tool, 4,096 × 64 KiB, MB/s", "N0");

    public Row PluginCpu { get; } = new("streaming tool, plugin's CPU, s a GB", "F2");

    public Row ClientCpu { get; } = new("streaming tool, client's CPU, s a GB", "F2");

    public Row[] All => [Rate, PluginCpu, ClientCpu];
}

/// <summary>What is measured of connections with one call each.</summary>
internal sealed class ConnectRows
{
    public Row Rate { get; } = new("connect and call, /s", "N0");

    public Row PluginCpu { get; } = new("connect and call, plugin's CPU, ms", "F2");

    public Row ClientCpu { get; } = new("connect and call, client's CPU, ms", "F2");

    public Row[] All => [Rate, PluginCpu, ClientCpu];
}

/// <summary>What a plugin holds after each.</summary>
internal sealed class MemoryRows
{
    public Row AfterCalls { get; } = new("resident after the calls, MB", "F1");

    public Row AfterStreams { get; } = new("resident after the streams, MB", "F1");

    public Row AfterConnects { get; } = new("resident after the connects, MB", "F1");

    public Row[] All => [AfterCalls, AfterStreams, AfterConnects];
}
