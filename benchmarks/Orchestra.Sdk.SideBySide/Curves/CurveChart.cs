using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>What a piece of work costs as there is more of it, both in powers of ten: where cost is linear, a line stays at 1.</summary>
/// <param name="curves">With their titles.</param>
internal sealed class CurveChart((string Title, CurveTable Table)[] curves)
{
    private const int Width = 720;
    private const int Height = 326;
    private const int Left = 56;
    private const int Right = 40;
    private const int Top = 44;
    private const int Bottom = 96;
    private const int LegendHeight = 18;

    private static readonly string[] Colors = ["#06c", "#c40", "#083", "#808"];

    private readonly StringBuilder _svg = new();
    private readonly double _decades = Math.Ceiling(curves.Max(static curve => curve.Table.Growth.Max(static point => Math.Log10(point.Work))));
    private readonly int _lowest = (int)Math.Floor(curves.Min(static curve => curve.Table.Growth.Min(static point => Math.Log10(point.Cost))));
    private readonly int _highest = (int)Math.Ceiling(curves.Max(static curve => curve.Table.Growth.Max(static point => Math.Log10(point.Cost))));

    public string ToSvg()
    {
        Append($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""");
        Append($"""<rect width="{Width}" height="{Height}" fill="#fff"/>""");
        Append($"""<text x="12" y="22" font-weight="bold" fill="#222">what one piece of work costs our plugin, with so many times the work: linear stays at 1, better falls</text>""");
        for (int i = 0; i <= _decades; i++)
        {
            Append($"""<text x="{X(i):F1}" y="{Height - Bottom + 18}" text-anchor="middle" fill="#222">{Math.Pow(10, i):N0}</text>""");
        }

        for (int i = _lowest; i <= Math.Max(_highest, _lowest + 1); i++)
        {
            string look = i == 0 ? "#333\" stroke-dasharray=\"3 3" : "#ddd";
            Append($"""<path d="M{Left} {Y(i):F1}H{Width - Right}" stroke="{look}"/>""");
            Append($"""<text x="{Left - 8}" y="{Y(i) + 4:F1}" text-anchor="end" fill="#222">{Math.Pow(10, i)}</text>""");
        }

        for (int i = 0; i < curves.Length; i++)
        {
            AppendCurve(curves[i].Title, curves[i].Table, Colors[i], Height - Bottom + 40 + (i / 2 * LegendHeight), Left + (i % 2 * (Width - Left) / 2));
        }

        return _svg.Append("</svg>\n").ToString();
    }

    private void AppendCurve(string title, CurveTable table, string color, int legendTop, int legendLeft)
    {
        string points = string.Join(' ', table.Growth.Select(point => string.Create(
            CultureInfo.InvariantCulture, $"{X(Math.Log10(point.Work)):F1},{Y(Math.Log10(point.Cost)):F1}")));
        Append($"""<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>""");
        Append($"""<path d="M{legendLeft} {legendTop}h24" stroke="{color}" stroke-width="2"/>""");
        Append($"""<text x="{legendLeft + 30}" y="{legendTop + 4}" fill="#222">{title}</text>""");
    }

    private double X(double decade) => Left + (decade / _decades * (Width - Left - Right));

    private double Y(double decade) => Top + ((_highest - decade) / Math.Max(1, _highest - _lowest) * (Height - Top - Bottom));

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
