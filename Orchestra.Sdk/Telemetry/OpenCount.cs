using System.Diagnostics.Metrics;

namespace Orchestra.Sdk.Telemetry;

/// <summary>How many of something there are at the moment. It is counted always, so that it is right whenever somebody looks.</summary>
internal sealed class OpenCount
{
    private long _count;

    public OpenCount(Meter meter, string name, string unit, string description) =>
        meter.CreateObservableUpDownCounter(name, () => Volatile.Read(ref _count), unit, description);

    public void Enter() => Interlocked.Increment(ref _count);

    public void Leave() => Interlocked.Decrement(ref _count);
}
