using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>The samples as a table, the verdict in one line, and a picture.</summary>
internal sealed class SoakReport
{
    /// <summary>Caches, pools and the heap get their size first.</summary>
    private const double WarmUpMinutes = 5;

    /// <summary>Fewer samples after that say nothing.</summary>
    private const int MinSamples = 10;

    private const int Width = 720;
    private const int PanelHeight = 120;
    private const int PanelGap = 44;
    private const int Left = 60;
    private const int Right = 20;
    private const int Top = 40;

    private static readonly SoakSeries[] Series =
    [
        new("resident, MB", static sample => sample.Resident, Slack: 1),
        new("handles", static sample => sample.Handles, Slack: 2),
        new("threads", static sample => sample.Threads, Slack: 2),
        new("clients' live objects, MB", static sample => sample.ClientsLive, Slack: 1),
        new("clients' handles", static sample => sample.ClientsHandles, Slack: 4),
    ];

    private readonly List<SoakSample> _samples = [];

    public static void PrintHead() => Console.WriteLine(
        "| minute | resident, MB | handles | threads | CPU, s | clients' live objects, MB | clients' handles | turns | failures |\n"
        + "|---:|---:|---:|---:|---:|---:|---:|---:|---:|");

    public void Add(SoakSample sample)
    {
        _samples.Add(sample);
        Console.WriteLine(Invariant(
            $"| {sample.Minute:F0} | {sample.Resident:F1} | {sample.Handles} | {sample.Threads} | {sample.Cpu:F0} | {sample.ClientsLive:F1} | {sample.ClientsHandles} | {sample.Turns:N0} | {sample.Failures} |"));
    }

    /// <returns>Whether anything grows; false where that cannot be said.</returns>
    public bool PrintVerdict()
    {
        List<SoakSample> settled = _samples.FindAll(static sample => sample.Minute >= WarmUpMinutes);
        if (settled.Count < MinSamples)
        {
            Console.WriteLine(Invariant($"\ntoo short for a verdict: {WarmUpMinutes + MinSamples} minutes are the least"));
            return false;
        }

        bool isFlat = Series.All(series => series.IsFlat(settled));
        IEnumerable<string> trends = Series.Select(series =>
        {
            (double slope, double error) = series.Trend(settled);
            string grows = series.IsFlat(settled) ? "" : " (grows)";
            return Invariant($"{series.Name} {60 * slope:+0.0;-0.0} ± {60 * error:F1} an hour{grows}");
        });
        Console.WriteLine(Invariant(
            $"\n{(isFlat ? "flat" : "NOT FLAT")} from minute {settled[0].Minute:F0} to {settled[^1].Minute:F0}: {string.Join("; ", trends)}"));
        return !isFlat;
    }

    /// <summary>A panel for each series.</summary>
    public void WriteChart(string path)
    {
        int height = Top + (Series.Length * (PanelHeight + PanelGap));
        var svg = new StringBuilder(Invariant(
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="12">"""));
        svg.Append(Invariant($"""<rect width="{Width}" height="{height}" fill="#fff"/>"""));
        for (int i = 0; i < Series.Length; i++)
        {
            AppendPanel(svg, Series[i], Top + (i * (PanelHeight + PanelGap)));
        }

        File.WriteAllText(path, svg.Append("</svg>\n").ToString());
    }

    private void AppendPanel(StringBuilder svg, SoakSeries series, int top)
    {
        double highest = Math.Max(1, _samples.Max(series.Of) * 1.2);
        double minutes = Math.Max(1, _samples[^1].Minute);
        string points = string.Join(' ', _samples.Select(sample => Invariant($"{X(sample.Minute):F1},{Y(series.Of(sample)):F1}")));
        svg.Append(Invariant($"""<text x="{Left}" y="{top - 8}">{series.Name}</text>"""));
        svg.Append(Invariant($"""<path d="M{Left} {top}V{top + PanelHeight}H{Width - Right}" fill="none" stroke="#888"/>"""));
        foreach (double value in new[] { 0, highest / 2, highest })
        {
            svg.Append(Invariant($"""<text x="{Left - 6}" y="{Y(value) + 4:F1}" text-anchor="end" fill="#555">{value:F0}</text>"""));
        }

        foreach (double minute in new[] { 0, minutes / 2, minutes })
        {
            svg.Append(Invariant(
                $"""<text x="{X(minute):F1}" y="{top + PanelHeight + 15}" text-anchor="middle" fill="#555">{minute:F0} min</text>"""));
        }

        svg.Append(Invariant($"""<polyline points="{points}" fill="none" stroke="#06c" stroke-width="2"/>"""));

        double X(double minute) => Left + (minute / minutes * (Width - Left - Right));
        double Y(double value) => top + PanelHeight - (value / highest * PanelHeight);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
