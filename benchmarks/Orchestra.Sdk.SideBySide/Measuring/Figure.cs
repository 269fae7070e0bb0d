using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>A value of each round.</summary>
internal sealed class Figure
{
    private readonly List<double> _values = [];

    public double Median => MedianOf(_values);

    public void Add(double value) => _values.Add(value);

    /// <summary>The median, and in parentheses the least and the most.</summary>
    public string Text(string format)
    {
        return _values.Min() == _values.Max() ? Of(_values[0]) : $"{Of(Median)} ({Of(_values.Min())}–{Of(_values.Max())})";

        string Of(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// What this is of another: the median of the rounds' own ratios, so that what slows both down does not count. Null where the rounds
    /// scatter by more than the two differ.
    /// </summary>
    public double? RatioTo(Figure other)
    {
        double[] ratios = [.. _values.Zip(other._values, static (own, of) => own / of)];
        double median = MedianOf(ratios);
        double scatter = (ratios.Max() - ratios.Min()) / 2;
        return scatter > Math.Abs(median - 1) ? null : median;
    }

    /// <summary>A ratio, or that there is none.</summary>
    public static string RatioText(double? ratio) => ratio?.ToString("F2", CultureInfo.InvariantCulture) ?? "≈";

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
