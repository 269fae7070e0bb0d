using System.Globalization;
using System.Text;
using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>What our plugin is of Go's, with Go's client, as bars beside a line at 1.</summary>
/// <param name="higher">Rows where more is better.</param>
/// <param name="lower">Rows where less is.</param>
internal sealed class RatioChart(Row[] higher, Row[] lower)
{
    private const int Width = 720;
    private const int Left = 270;
    private const int Right = 60;
    private const int RowHeight = 26;
    private const int BarHeight = 16;
    private const int HeadHeight = 34;

    private readonly StringBuilder _svg = new();
    private double _scale;

    public string ToSvg()
    {
        _scale = (Width - Left - Right) / Math.Max(1, higher.Concat(lower).Max(RatioOf));
        int height = (2 * HeadHeight) + ((higher.Length + lower.Length) * RowHeight) + 16;
        Append($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="12">""");
        Append($"""<rect width="{Width}" height="{height}" fill="#fff"/>""");
        int middle = AppendGroup("our plugin, a Go plugin being 1: more is better", higher, top: 0);
        int bottom = AppendGroup("less is better", lower, middle);
        Append($"""<path d="M{Left + _scale:F1} {HeadHeight - 8}V{bottom}" stroke="#333" stroke-dasharray="3 3"/>""");
        return _svg.Append("</svg>\n").ToString();
    }

    private int AppendGroup(string title, Row[] rows, int top)
    {
        Append($"""<text x="12" y="{top + 22}" font-weight="bold" fill="#222">{title}</text>""");
        top += HeadHeight;
        foreach (Row row in rows)
        {
            double ratio = RatioOf(row);
            int baseline = top + BarHeight - 4;
            Append($"""<text x="12" y="{baseline}" fill="#222">{row.Title}</text>""");
            Append($"""<rect x="{Left}" y="{top}" width="{ratio * _scale:F1}" height="{BarHeight}" fill="#06c"/>""");
            Append($"""<text x="{Left + (ratio * _scale) + 6:F1}" y="{baseline}" fill="#222">{Figure.RatioText(row.RatioOf(Ours, Go))}</text>""");
            top += RowHeight;
        }

        return top;
    }

    private static PairKind Ours => new(GoClient: true, GoPlugin: false);

    private static PairKind Go => new(GoClient: true, GoPlugin: true);

    /// <summary>What scatters by more than it differs is drawn as the same.</summary>
    private static double RatioOf(Row row) => row.RatioOf(Ours, Go) ?? 1;

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
