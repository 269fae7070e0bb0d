using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orchestra.Sdk.Telemetry;

/// <summary>What the SDK traces and measures, with OpenTelemetry's names where it has some.</summary>
internal static class Instruments
{
    private const string SourceName = "Orchestra.Sdk";

    private static readonly Meter Meter = new(SourceName);

    /// <summary>The bounds that OpenTelemetry's conventions for RPC give, in seconds.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    public static readonly ActivitySource Activities = new(SourceName);

    public static readonly Histogram<double> ServerCallDuration = Meter.CreateHistogram(
        "rpc.server.call.duration", "s", "How long calls of tools took.", tags: null, Durations);

    public static readonly Histogram<double> ClientCallDuration = Meter.CreateHistogram(
        "rpc.client.call.duration", "s", "How long requests to the orchestrator took.", tags: null, Durations);

    public static readonly OpenCount ActiveServerCalls = new(
        Meter, "orchestra.server.active_calls", "{call}", "Calls of tools that run at the moment.");

    public static readonly OpenCount ActiveClientCalls = new(
        Meter, "orchestra.client.active_calls", "{call}", "Requests that wait for the orchestrator at the moment.");

    public static readonly OpenCount ServerConnections = new(
        Meter, "orchestra.server.connections", "{connection}", "Connections that are served at the moment.");

    public static readonly OpenCount ServerStreams = new(
        Meter, "orchestra.server.open_streams", "{stream}", "Streams of all connections that are served at the moment.");

    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>(
        "orchestra.network.io", "By", "Bytes of messages and their headers.");

    public static void Received(int bytes) => Bytes.Add(bytes, new KeyValuePair<string, object?>("network.io.direction", "receive"));

    public static void Sent(int bytes) => Bytes.Add(bytes, new KeyValuePair<string, object?>("network.io.direction", "transmit"));
}
