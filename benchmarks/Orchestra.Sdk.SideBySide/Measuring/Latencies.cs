using System.Diagnostics;
using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>How long each of many took, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<double> _values = [];

    public double Median => At(0.5);

    public double P99 => At(0.99);

    public double Worst => _values.Max();

    public static Latencies Merge(IEnumerable<Latencies> parts)
    {
        var all = new Latencies();
        foreach (Latencies part in parts)
        {
            all._values.AddRange(part._values);
        }

        return all;
    }

    public void Add(long started) => _values.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

    public static string Text(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "F2" : "N0", CultureInfo.InvariantCulture);

    private double At(double part)
    {
        double[] sorted = [.. _values.Order()];
        return sorted[Math.Min((int)(part * sorted.Length), sorted.Length - 1)];
    }
}
