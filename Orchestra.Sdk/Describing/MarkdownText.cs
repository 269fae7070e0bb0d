using System.Text;

namespace Orchestra.Sdk.Describing;

/// <summary>Puts texts into a page of Markdown, where they mean what they say and nothing else.</summary>
internal static class MarkdownText
{
    // What begins a heading, a quotation, a rule, a table or the underline of a heading where it is the first thing in a line. A dash is
    // left: lists come from lists.
    private const string LineStarts = "#>=+~|*_";

    /// <summary>A text of one or more lines.</summary>
    public static string Of(string text) => string.Join('\n', Lines(text).Select(Escape));

    /// <summary>A text in a line of its own, such as a heading.</summary>
    public static string Line(string text) => string.Join(' ', Lines(text).Select(Escape));

    /// <summary>A text in a cell of a table.</summary>
    public static string Cell(string text) => string.Join("<br>", Lines(text).Select(Escape)).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>A text in a cell of a table that has its own marks.</summary>
    public static string MarkedCell(string text) => string.Join(' ', Lines(text)).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>A text as code, with more backquotes around it than within it, as Markdown has it.</summary>
    public static string Code(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', longest + 1);
        string space = longest > 0 ? " " : "";
        return $"{fence}{space}{string.Join(' ', Lines(text))}{space}{fence}";
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static string Escape(string line)
    {
        var result = new StringBuilder(line.Length);
        int start = line.Length - line.TrimStart().Length;
        for (int i = 0; i < line.Length; i++)
        {
            bool isMark = line[i] is '<' or '`' or '[' or '\\' || (i == start && LineStarts.Contains(line[i], StringComparison.Ordinal));
            result.Append(isMark ? "\\" : "").Append(line[i]);
        }

        return result.ToString();
    }
}
