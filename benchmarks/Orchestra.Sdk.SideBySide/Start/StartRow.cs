using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Start;

/// <summary>One value of both plugins, in every round.</summary>
internal sealed class StartRow(string title, string format)
{
    private readonly List<double> _go = [];
    private readonly List<double> _ours = [];

    public void Add(bool go, double value) => (go ? _go : _ours).Add(value);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {title} | {Text(_go)} | {Text(_ours)} | {Median(_ours) / Median(_go):F2} |");

    private string Text(List<double> values)
    {
        return values.Min() == values.Max() ? Of(values[0]) : $"{Of(Median(values))} ({Of(values.Min())}–{Of(values.Max())})";

        string Of(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
