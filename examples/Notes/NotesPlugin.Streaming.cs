using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Orchestra.Sdk;

namespace Orchestra.Examples.Notes;

public sealed partial class NotesPlugin
{
    /// <summary>Export notes as Markdown, line by line, the newest first.</summary>
    /// <param name="tag">Only notes with this tag.</param>
    /// <param name="copies">How often to export them, for trying out large streams.</param>
    [StreamingTool(ContentType = "text/markdown; charset=utf-8", ReadOnly = true)]
    public async IAsyncEnumerable<string> ExportNotesAsync(
        string? tag = null,
        [Range(1, 1_000_000)] int copies = 1,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<Note> notes = await Notes.SearchAsync("", tag, cancellationToken);
        for (int copy = 0; copy < copies; copy++)
        {
            foreach (Note note in notes)
            {
                // A reader that is slow keeps this waiting here, so that nothing piles up.
                foreach (string line in Markdown.LinesOf(note))
                {
                    yield return line;
                }
            }
        }
    }
}
