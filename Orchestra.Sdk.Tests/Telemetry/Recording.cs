using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orchestra.Sdk.Tests.Telemetry;

/// <summary>Listens to what the SDK traces and measures, as an exporter does.</summary>
internal sealed class Recording : IDisposable
{
    private readonly ActivityListener _activities = new()
    {
        ShouldListenTo = static source => source.Name == "Orchestra.Sdk",
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    private readonly MeterListener _meters = new();

    public Recording()
    {
        _activities.ActivityStopped = Activities.Enqueue;
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Orchestra.Sdk")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Measurements.Enqueue(new Measured(instrument.Name, value, ToDictionary(tags))));
        _meters.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => Measurements.Enqueue(new Measured(instrument.Name, value, ToDictionary(tags))));
        _meters.Start();
    }

    public ConcurrentQueue<Activity> Activities { get; } = [];

    public ConcurrentQueue<Measured> Measurements { get; } = [];

    /// <summary>What was measured with that instrument.</summary>
    public Measured[] Of(string instrument) => [.. Measurements.Where(measured => measured.Instrument == instrument)];

    /// <summary>The present value of an instrument that is asked.</summary>
    public double Observe(string instrument)
    {
        _meters.RecordObservableInstruments();
        return Of(instrument)[^1].Value;
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private static Dictionary<string, object?> ToDictionary(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var result = new Dictionary<string, object?>();
        foreach ((string name, object? value) in tags)
        {
            result.Add(name, value);
        }

        return result;
    }
}

/// <summary>A measurement.</summary>
internal sealed record Measured(string Instrument, double Value, Dictionary<string, object?> Tags);
