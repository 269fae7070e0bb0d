using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Peer;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>What was measured of calls.</summary>
/// <param name="Rate">Calls a second.</param>
/// <param name="P99">Of a call, in milliseconds.</param>
/// <param name="CpuMicroseconds">What the plugin used of the processor for one.</param>
internal sealed record CallFigures(double Rate, double P99, double CpuMicroseconds)
{
    /// <param name="loads">One for each connection. A caller has them in turn, each its own while there are enough callers.</param>
    /// <param name="callers">Each makes one call at a time.</param>
    /// <param name="time">How long they go on.</param>
    /// <param name="cpuSeconds">What the plugin has used so far.</param>
    public static async Task<CallFigures> MeasureAsync(CallLoad[] loads, int callers, TimeSpan time, Func<double> cpuSeconds)
    {
        var all = new ConcurrentBag<Latencies>();
        long before = loads.Sum(static load => load.Calls);
        double cpu = cpuSeconds();
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var latencies = new Latencies();
            int next = caller;
            long begun = started;
            do
            {
                await loads[next % loads.Length].CallAsync();
                latencies.Add(begun);
                next += callers;
                begun = Stopwatch.GetTimestamp();
            }
            while (Stopwatch.GetElapsedTime(started) < time);

            all.Add(latencies);
        })));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        long calls = loads.Sum(static load => load.Calls) - before;
        return new CallFigures(calls / seconds, Latencies.Merge(all).P99, (cpuSeconds() - cpu) / calls * 1e6);
    }
}
