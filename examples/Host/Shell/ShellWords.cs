using System.Text;

namespace Orchestra.Examples.Host.Shell;

/// <summary>A word of a line.</summary>
/// <param name="Text">The word without its quotes.</param>
/// <param name="Start">Where it begins in the line.</param>
internal readonly record struct ShellWord(string Text, int Start);

/// <summary>
/// Splits a line as shells do: at blanks, but for those in quotes. A word that begins with { is JSON and goes to the end.
/// </summary>
internal static class ShellWords
{
    public static IReadOnlyList<ShellWord> Split(string line)
    {
        var words = new List<ShellWord>();
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            if (at == line.Length)
            {
                return words;
            }

            int start = at;
            string text = line[at] == '{' ? line[at..].TrimEnd() : Read(line, ref at);
            words.Add(new ShellWord(text, start));
            if (line[start] == '{')
            {
                return words;
            }
        }
    }

    private static string Read(string line, ref int at)
    {
        var word = new StringBuilder();
        char quote = '\0';
        for (; at < line.Length && (quote != '\0' || !char.IsWhiteSpace(line[at])); at++)
        {
            char character = line[at];
            if (quote == '\0' && character is '"' or '\'')
            {
                quote = character;
            }
            else if (character == quote)
            {
                quote = '\0';
            }
            else if (quote == '"' && character == '\\' && at + 1 < line.Length)
            {
                word.Append(Unescape(line[++at]));
            }
            else
            {
                word.Append(character);
            }
        }

        return word.ToString();
    }

    private static char Unescape(char character) => character == 'n' ? '\n' : character;
}
