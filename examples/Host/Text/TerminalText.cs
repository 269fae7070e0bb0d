using System.Globalization;
using System.Text;

namespace Orchestra.Examples.Host.Text;

/// <summary>Makes what a plugin says safe and tidy to show.</summary>
internal static class TerminalText
{
    /// <summary>
    /// Without what controls a terminal, turns the direction of writing, is invisible or is no character: a plugin shall not recolor or
    /// clear a terminal, nor show one thing and mean another.
    /// </summary>
    public static string Clean(string line)
    {
        var clean = new StringBuilder(line.Length);

        // Half a character becomes the sign for one that is unknown.
        foreach (Rune rune in line.EnumerateRunes())
        {
            clean.Append(IsHarmless(rune) ? rune.ToString() : " ");
        }

        return clean.ToString();
    }

    /// <summary>Every line of <paramref name="text"/> behind <paramref name="prefix"/>.</summary>
    public static string Indent(string text, string prefix) =>
        string.Join(Environment.NewLine, text.Split('\n').Select(line => prefix + Clean(line.TrimEnd('\r'))));

    /// <summary>Whether it does nothing but stand there.</summary>
    public static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
