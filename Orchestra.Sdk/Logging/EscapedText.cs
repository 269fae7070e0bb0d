using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Logging;

/// <summary>
/// Text from outside, harmless on a terminal and in a log: what controls a terminal, turns the direction of writing, is invisible or is
/// no character at all stands there as its number.
/// </summary>
internal static class EscapedText
{
    /// <summary>Adds a text of one line.</summary>
    /// <param name="target">What it is added to.</param>
    /// <param name="text">The text.</param>
    /// <param name="limit">How long the target may become; what does not fit is left out.</param>
    /// <returns>The target.</returns>
    public static StringBuilder AppendEscaped(this StringBuilder target, ReadOnlySpan<char> text, int limit)
    {
        while (!text.IsEmpty && target.Length < limit)
        {
            int plain = text.IndexOfAnyExceptInRange(' ', '~');
            if (plain != 0)
            {
                plain = Math.Min(plain < 0 ? text.Length : plain, limit - target.Length);
                target.Append(text[..plain]);
                text = text[plain..];
            }
            else
            {
                target.AppendFirst(text, out int length);
                text = text[length..];
            }
        }

        return target;
    }

    /// <summary>
    /// Adds a text of any number of lines. Tabs stay: they cannot do any harm, and stack traces and tables are made with them.
    /// </summary>
    /// <param name="target">What it is added to.</param>
    /// <param name="text">The text.</param>
    /// <param name="newLine">What ends a line, so that none of them passes for something else. A lone CR is no end of a line.</param>
    /// <param name="limit">How long the target may become; what does not fit is left out.</param>
    /// <returns>The target.</returns>
    public static StringBuilder AppendEscapedLines(this StringBuilder target, ReadOnlySpan<char> text, string newLine, int limit)
    {
        while (text.IndexOfAny('\n', '\t') is var end and >= 0 && target.Length < limit)
        {
            bool isTab = text[end] == '\t';
            ReadOnlySpan<char> line = text[..end];
            target
                .AppendEscaped(!isTab && line.EndsWith('\r') ? line[..^1] : line, limit)
                .Append(isTab ? "\t" : newLine);
            text = text[(end + 1)..];
        }

        return target.AppendEscaped(text, limit);
    }

    /// <summary>Adds the first character of a text, as it is or as its number.</summary>
    public static void AppendFirst(this StringBuilder target, ReadOnlySpan<char> text, out int length)
    {
        if (Rune.DecodeFromUtf16(text, out Rune rune, out length) != System.Buffers.OperationStatus.Done)
        {
            target.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[0]:x4}");
        }
        else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        {
            target.Append(text[..length]);
        }
        else if (rune.IsBmp)
        {
            target.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }
        else
        {
            target.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
        }
    }
}
