namespace Orchestra.Examples.Host;

/// <summary>Makes what a plugin says safe and tidy to show.</summary>
internal static class TerminalText
{
    /// <summary>Without control characters: a plugin shall not recolor or clear a terminal.</summary>
    public static string Clean(string line) =>
        string.Create(line.Length, line, static (span, source) =>
        {
            for (int index = 0; index < span.Length; index++)
            {
                span[index] = char.IsControl(source[index]) ? ' ' : source[index];
            }
        });

    /// <summary>Every line of <paramref name="text"/> behind <paramref name="prefix"/>.</summary>
    public static string Indent(string text, string prefix) =>
        string.Join(Environment.NewLine, text.Split('\n').Select(line => prefix + Clean(line.TrimEnd('\r'))));
}
