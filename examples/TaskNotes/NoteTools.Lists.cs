using System.ComponentModel.DataAnnotations;
using Orchestra.Sdk;

namespace Orchestra.Examples.TaskNotes;

/// <summary>The tools that give pages.</summary>
public sealed partial class NoteTools
{
    /// <summary>List notes, those that are pinned first.</summary>
    /// <param name="tag">Only those that have this tag.</param>
    /// <param name="pinned">Only those that are pinned, or only those that are not.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="offset">How many to pass over: next_offset of the page before.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool(ReadOnly = true)]
    public async Task<Page<NoteSummary>> ListNotesAsync(
        ToolContext context,
        [MaxLength(128)] string? tag = null,
        bool? pinned = null,
        [Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit,
        [Range(0, int.MaxValue)] int offset = 0,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Note> notes = await StoreOf(context, projectId).ListAsync(cancellationToken);
        NoteSummary[] found =
        [
            .. from note in notes
               where (tag is null || note.Tags.Contains(tag)) && (pinned is null || note.Pinned == pinned)
               select SummaryOf(note),
        ];
        return found.ToPage(limit, offset);
    }

    /// <summary>Find notes by their title and text.</summary>
    /// <param name="query">What must occur in either, in any case.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="offset">How many to pass over: next_offset of the page before.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool(ReadOnly = true)]
    public async Task<Page<NoteSummary>> SearchNotesAsync(
        ToolContext context,
        [Length(1, 1000)] string query,
        [Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit,
        [Range(0, int.MaxValue)] int offset = 0,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Note> notes = await StoreOf(context, projectId).ListAsync(cancellationToken);
        NoteSummary[] found = [.. notes.Where(Matches).Select(SummaryOf)];
        return found.ToPage(limit, offset);

        bool Matches(Note note) =>
            note.Title.Contains(query, StringComparison.OrdinalIgnoreCase) || note.Body.Contains(query, StringComparison.OrdinalIgnoreCase);
    }

    private static NoteSummary SummaryOf(Note note) => new(note.Id, note.Title, note.Tags, note.Pinned);
}
