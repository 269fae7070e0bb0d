using System.ComponentModel.DataAnnotations;
using Orchestra.Sdk;

namespace Orchestra.Examples.TaskNotes;

/// <summary>Notes of a project as Markdown files: a plugin in Go, ported.</summary>
[Plugin(
    "tools.task-notes",
    Version = "0.1.0",
    NeedsStorage = ["markdown"],
    ArgumentNames = NamingPolicy.SnakeCase,
    EnumNames = NamingPolicy.SnakeCase)]
public sealed partial class NoteTools
{
    private const string IdPattern = "note-[0-9a-f]{6}";
    private const string ProjectPattern = @"\.?[a-z0-9][a-z0-9-]{0,62}";

    /// <summary>Create a note.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="body">Its text, Markdown.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="icon">The name of an icon, such as lightbulb.</param>
    /// <param name="color">A color, such as yellow.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool]
    public async Task<Note> CreateNoteAsync(
        ToolContext context,
        [Length(1, 500)] string title,
        [Length(1, 102_400)] string body,
        [MaxLength(20)] IReadOnlyList<string>? tags = null,
        [MaxLength(128)] string? icon = null,
        [MaxLength(128)] string? color = null,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string id = $"note-{Guid.NewGuid():N}"[..11];
        var note = new Note(id, title, body, tags ?? [], Pinned: false, icon, color, now, now);
        return await StoreOf(context, projectId).WriteAsync(note, version: 0, cancellationToken);
    }

    /// <summary>Read a note.</summary>
    /// <param name="noteId">The note's id.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool(ReadOnly = true)]
    public async Task<Note> GetNoteAsync(
        ToolContext context,
        [RegularExpression(IdPattern)] string noteId,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default) =>
        (await StoreOf(context, projectId).ReadAsync(noteId, cancellationToken)).Note;

    /// <summary>Replace a note's text, and its title, tags, icon or color where they are given.</summary>
    /// <param name="noteId">The note's id.</param>
    /// <param name="body">The new text, Markdown.</param>
    /// <param name="title">The new title.</param>
    /// <param name="tags">The tags it has from now on.</param>
    /// <param name="icon">The new icon.</param>
    /// <param name="color">The new color.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool]
    public Task<Note> UpdateNoteAsync(
        ToolContext context,
        [RegularExpression(IdPattern)] string noteId,
        [Length(1, 102_400)] string body,
        [Length(1, 500)] string? title = null,
        [MaxLength(20)] IReadOnlyList<string>? tags = null,
        [MaxLength(128)] string? icon = null,
        [MaxLength(128)] string? color = null,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default)
    {
        return ChangeAsync(context, projectId, noteId, Changed, cancellationToken);

        Note Changed(Note note) => note with
        {
            Body = body,
            Title = title ?? note.Title,
            Tags = tags ?? note.Tags,
            Icon = icon ?? note.Icon,
            Color = color ?? note.Color,
        };
    }

    /// <summary>Delete a note. Its file stays, marked as deleted.</summary>
    /// <param name="noteId">The note's id.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool(Destructive = true)]
    public async Task<string> DeleteNoteAsync(
        ToolContext context,
        [RegularExpression(IdPattern)] string noteId,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default)
    {
        await ChangeAsync(context, projectId, noteId, note => note with { Deleted = true }, cancellationToken);
        return $"Deleted {noteId}.";
    }

    /// <summary>Pin a note, or unpin it.</summary>
    /// <param name="noteId">The note's id.</param>
    /// <param name="pinned">Whether it stands first in lists.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool(Idempotent = true)]
    public Task<Note> PinNoteAsync(
        ToolContext context,
        [RegularExpression(IdPattern)] string noteId,
        bool pinned,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default) =>
        ChangeAsync(context, projectId, noteId, note => note with { Pinned = pinned }, cancellationToken);

    /// <summary>Add tags to a note, or remove them from it.</summary>
    /// <param name="noteId">The note's id.</param>
    /// <param name="action">What to do with them.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="projectId">The project's slug; notes of no project are in .global.</param>
    [Tool(Idempotent = true)]
    public Task<Note> TagNoteAsync(
        ToolContext context,
        [RegularExpression(IdPattern)] string noteId,
        TagAction action,
        [Length(1, 20)] IReadOnlyList<string> tags,
        [RegularExpression(ProjectPattern)] string projectId = NoteStore.GlobalProject,
        CancellationToken cancellationToken = default)
    {
        return ChangeAsync(context, projectId, noteId, note => note with { Tags = [.. Changed(note.Tags)] }, cancellationToken);

        IEnumerable<string> Changed(IReadOnlyList<string> old) => action == TagAction.Add ? old.Union(tags) : old.Except(tags);
    }
}

/// <summary>What becomes of tags.</summary>
public enum TagAction
{
    /// <summary>The note has them from now on.</summary>
    Add,

    /// <summary>The note has them no longer.</summary>
    Remove,
}
