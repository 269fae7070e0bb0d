using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>Tables of Markdown.</summary>
internal static class PluginTable
{
    public static string Head(string client) => $"| median (range), {client} | Go plugin | our plugin | ratio |\n|---|---:|---:|---:|";

    /// <summary>What each pair reaches of what Go reaches with itself.</summary>
    public static IEnumerable<string> OfPairs(IEnumerable<Row> rows)
    {
        yield return $"| of Go → Go | {string.Join(" | ", PairKind.All.Skip(1))} |\n|---|---:|---:|---:|";
        foreach (Row row in rows)
        {
            yield return $"| {row.Title} | {string.Join(" | ", PairKind.All.Skip(1).Select(kind => Figure.RatioText(row.RatioOf(kind, PairKind.All[0]))))} |";
        }
    }
}
