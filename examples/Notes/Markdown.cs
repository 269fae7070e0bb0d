using System.Globalization;

namespace Orchestra.Examples.Notes;

/// <summary>Notes as text for people.</summary>
internal static class Markdown
{
    /// <summary>The lines, each with its end.</summary>
    public static IEnumerable<string> LinesOf(Note note)
    {
        yield return $"# {note.Title}\n";
        yield return "\n";
        foreach (string line in note.Text.Split('\n'))
        {
            yield return $"{line.TrimEnd('\r')}\n";
        }

        yield return "\n";
        string tags = string.Concat(note.Tags.Select(tag => $" #{tag}"));
        yield return string.Create(CultureInfo.InvariantCulture, $"{note.Created:yyyy-MM-dd}{tags}\n");
        yield return "\n";
    }

    public static string Of(IEnumerable<Note> notes) => string.Concat(notes.SelectMany(LinesOf));
}
