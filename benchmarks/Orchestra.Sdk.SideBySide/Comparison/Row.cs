using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>One value of each pair, in every round.</summary>
/// <param name="title">What it is, with its unit.</param>
/// <param name="format">Of its numbers.</param>
internal sealed class Row(string title, string format)
{
    private readonly Dictionary<PairKind, Figure> _figures = PairKind.All.ToDictionary(static kind => kind, static _ => new Figure());

    public string Title => title;

    public void Add(PairKind kind, double value) => _figures[kind].Add(value);

    public double? RatioOf(PairKind kind, PairKind of) => _figures[kind].RatioTo(_figures[of]);

    /// <summary>Both plugins with one client, and what ours is of Go's.</summary>
    public string Line(bool goClient)
    {
        var go = new PairKind(goClient, GoPlugin: true);
        var ours = new PairKind(goClient, GoPlugin: false);
        return $"| {title} | {_figures[go].Text(format)} | {_figures[ours].Text(format)} | {Figure.RatioText(RatioOf(ours, go))} |";
    }
}
