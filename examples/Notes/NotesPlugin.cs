using System.ComponentModel.DataAnnotations;
using Orchestra.Sdk;

namespace Orchestra.Examples.Notes;

/// <summary>Keeps notes: a plugin that uses everything there is. Its other parts are in the files beside this one.</summary>
[Plugin("tools.notes", Version = "0.1.0", ProvidesStorage = ["notes"], NeedsTools = ["greet"])]
public sealed partial class NotesPlugin
{
    /// <summary>Write a new note.</summary>
    /// <param name="draft">What to write.</param>
    [Tool]
    public Task<Note> CreateNoteAsync(NoteDraft draft, ToolContext context, CancellationToken cancellationToken) =>
        CreateAsync(draft, context.Orchestrator, context.Logger, cancellationToken);

    /// <summary>Read a note.</summary>
    /// <param name="id">The note's id, as create_note and search_notes tell it.</param>
    [Tool(ReadOnly = true)]
    public async Task<Note> GetNoteAsync(Guid id, CancellationToken cancellationToken) =>
        await Notes.FindAsync(id, cancellationToken) ?? throw NotFound(id);

    /// <summary>Find notes by their text and tags, the newest first.</summary>
    /// <param name="query">Words that must all occur in the title or the text; all notes when it is left out.</param>
    /// <param name="tag">A tag that the notes must have.</param>
    /// <param name="limit">How many notes at the most.</param>
    [Tool(ReadOnly = true)]
    public async Task<SearchResult> SearchNotesAsync(
        [MaxLength(200)] string query = "",
        [MaxLength(40)] string? tag = null,
        [Range(1, 100)] int limit = 20,
        CancellationToken cancellationToken = default)
    {
        List<Note> found = await Notes.SearchAsync(query, tag, cancellationToken);
        return new SearchResult(found.Count, [.. found.Take(limit)]);
    }

    /// <summary>Replace a note's title, text and tags, if nobody else has changed it meanwhile.</summary>
    /// <param name="id">The note's id.</param>
    /// <param name="version">The version that you have read.</param>
    /// <param name="draft">What shall stand there instead.</param>
    [Tool]
    public async Task<Note> UpdateNoteAsync(
        Guid id, [Range(1, long.MaxValue)] long version, NoteDraft draft, CancellationToken cancellationToken)
    {
        Note note = await GetNoteAsync(id, cancellationToken);
        return await Notes.WriteAsync(note.With(draft), version, cancellationToken);
    }

    /// <summary>Delete a note for good.</summary>
    /// <param name="id">The note's id.</param>
    [Tool(Destructive = true)]
    public async Task DeleteNoteAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await Notes.DeleteAsync(id, cancellationToken))
        {
            throw NotFound(id);
        }
    }

    private static ToolException NotFound(Guid id) =>
        new("note_not_found", $"There is no note {id}; search_notes finds the ids of those there are.");
}
