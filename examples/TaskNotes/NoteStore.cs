using System.Text;
using Orchestra.Sdk;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.TaskNotes;

/// <summary>The notes of a project, in the storage "markdown", which another plugin provides.</summary>
internal sealed class NoteStore(OrchestratorClient client, string project)
{
    /// <summary>Where notes of no project are.</summary>
    public const string GlobalProject = ".global";

    private const string StorageType = "markdown";

    /// <returns>The note with its version.</returns>
    /// <exception cref="ToolException">There is none, or it was deleted.</exception>
    public async Task<(Note Note, long Version)> ReadAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is ({ Deleted: false } note, var version)
            ? (note, version)
            : throw new ToolException("not_found", $"There is no note {id} in {project}; list_notes tells the ids.");

    /// <summary>The notes that were not deleted: those that are pinned first, then the newest.</summary>
    public async Task<IReadOnlyList<Note>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StorageEntry> entries = await client.ListStorageAsync($"{project}/notes/", "*.md", StorageType, cancellationToken);
        var notes = new List<Note>();
        foreach (StorageEntry entry in entries)
        {
            if (await FindAsync(Path.GetFileNameWithoutExtension(entry.Path), cancellationToken) is ({ Deleted: false } note, _))
            {
                notes.Add(note);
            }
        }

        return [.. notes.OrderByDescending(note => note.Pinned).ThenByDescending(note => note.UpdatedAt).ThenBy(note => note.Id, StringComparer.Ordinal)];
    }

    /// <summary>Writes a note, unless somebody has changed it since its version was read.</summary>
    /// <exception cref="ToolException">Somebody has, or the storage says why it cannot.</exception>
    public async Task<Note> WriteAsync(Note note, long version, CancellationToken cancellationToken)
    {
        StorageWriteResponse answer = await client.WriteStorageAsync(
            PathOf(note.Id), Encoding.UTF8.GetBytes(note.Body), version, note.ToMetadata(), StorageType, cancellationToken);
        return answer.Success ? note : throw new ToolException("storage_error", $"{note.Id} was not stored: {answer.Error}");
    }

    private string PathOf(string id) => $"{project}/notes/{id}.md";

    private async Task<(Note Note, long Version)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        StorageReadResponse entry = await client.ReadStorageAsync(PathOf(id), StorageType, cancellationToken);
        return entry.Metadata is { } metadata ? (Note.Of(id, metadata, entry.Content.ToStringUtf8()), entry.Version) : null;
    }
}
