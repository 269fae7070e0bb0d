using Orchestra.Sdk;

namespace Orchestra.Examples.Notes;

public sealed partial class NotesPlugin
{
    /// <summary>How much a summary may say.</summary>
    public enum Detail
    {
        /// <summary>One sentence.</summary>
        Sentence,

        /// <summary>One paragraph.</summary>
        Paragraph,
    }

    /// <summary>Ask for a summary of the notes with a tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="detail">How long the summary shall be.</param>
    [Prompt]
    public async Task<string> SummarizeAsync(string tag, Detail detail = Detail.Paragraph, CancellationToken cancellationToken = default)
    {
        List<Note> notes = await Notes.SearchAsync("", tag, cancellationToken);
        string length = detail == Detail.Sentence ? "one sentence" : "one paragraph";
        return $"Summarize these notes in {length}; there are {notes.Count}.\n\n{Markdown.Of(notes)}";
    }
}
