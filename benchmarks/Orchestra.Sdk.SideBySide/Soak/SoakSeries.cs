namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>A value over time, and whether it stays where it is.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Of">Takes it from a sample.</param>
/// <param name="Slack">How much it may grow over the time looked at without being called a growth.</param>
internal sealed record SoakSeries(string Name, Func<SoakSample, double> Of, double Slack)
{
    /// <summary>
    /// The line through the samples, by least squares: its slope a minute, and how far that may be wrong, twice its standard error: what
    /// goes up and down with the load tells of a growth only when there is more of it than that.
    /// </summary>
    public (double Slope, double Error) Trend(IReadOnlyList<SoakSample> samples)
    {
        double meanMinute = samples.Average(static sample => sample.Minute);
        double mean = samples.Average(Of);
        double spread = samples.Sum(sample => Math.Pow(sample.Minute - meanMinute, 2));
        double slope = samples.Sum(sample => (sample.Minute - meanMinute) * (Of(sample) - mean)) / spread;
        double rest = samples.Sum(sample => Math.Pow(Of(sample) - mean - (slope * (sample.Minute - meanMinute)), 2));
        return (slope, 2 * Math.Sqrt(rest / (samples.Count - 2) / spread));
    }

    /// <summary>Whether nothing shows that the line rises by more than the slack, or a twentieth of its height, over the samples.</summary>
    public bool IsFlat(IReadOnlyList<SoakSample> samples)
    {
        (double slope, double error) = Trend(samples);
        return (slope - error) * (samples[^1].Minute - samples[0].Minute) <= Math.Max(Slack, samples.Average(Of) / 20);
    }
}
