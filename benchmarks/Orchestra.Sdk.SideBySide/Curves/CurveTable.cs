using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>The points of a curve, as a table of Markdown: a row for each plugin at each point.</summary>
internal sealed class CurveTable(params string[] columns)
{
    private readonly List<string> _rows = [];
    private readonly List<(double Work, double Cost)> _points = [];

    public IEnumerable<string> Lines =>
        [$"| {string.Join(" | ", columns)} |", $"|{string.Concat(columns.Select(static name => name == "plugin" ? "---|" : "---:|"))}", .. _rows];

    /// <summary>How many times the work of the first point each one is, and how many times what a piece of it cost there it costs here.</summary>
    public IEnumerable<(double Work, double Cost)> Growth =>
        _points.Select(point => (point.Work / _points[0].Work, point.Cost / _points[0].Cost));

    /// <param name="cells">With <c> | </c> between them.</param>
    public void Add(FormattableString cells) => _rows.Add($"| {cells.ToString(CultureInfo.InvariantCulture)} |");

    /// <summary>A point for the picture.</summary>
    /// <param name="work">How much there is to do.</param>
    /// <param name="cost">What a piece of it costs our plugin.</param>
    public void Plot(double work, double cost) => _points.Add((work, cost));
}
