using System.Text.Json;
using Orchestra.Examples.Notes.Storage;
using Orchestra.Sdk;

namespace Orchestra.Examples.Notes;

/// <summary>The notes in a data folder, each an entry of JSON.</summary>
internal readonly struct NoteShelf(EntryFolder folder)
{
    private const string Prefix = "notes/";
    private const string Extension = ".json";

    public Task<Note> CreateAsync(NoteDraft draft, CancellationToken cancellationToken)
    {
        var note = new Note(Guid.CreateVersion7(), 0, "", "", [], DateTimeOffset.UtcNow);
        return WriteAsync(note.With(draft), expectedVersion: 0, cancellationToken);
    }

    /// <exception cref="ToolException">Another version is there.</exception>
    public async Task<Note> WriteAsync(Note note, long expectedVersion, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(note, NoteJson.Default.Note);
        long version = await folder.WriteAsync(PathOf(note.Id), json, default, expectedVersion, cancellationToken);
        return note with { Version = version };
    }

    /// <returns>Null when there is none.</returns>
    public async Task<Note?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await folder.ReadAsync(PathOf(id), cancellationToken) is { } entry ? Parse(entry) : null;

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => folder.DeleteAsync(PathOf(id), cancellationToken);

    /// <summary>The notes that have all words of the query and the tag, the newest first.</summary>
    public async Task<List<Note>> SearchAsync(string query, string? tag, CancellationToken cancellationToken)
    {
        string[] words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<Note>();
        foreach (EntryInfo info in await folder.ListAsync(Prefix, $"*{Extension}", cancellationToken))
        {
            // One that was deleted meanwhile, or is none of ours, is passed over.
            if (await folder.ReadAsync(EntryPath.Parse(info.Path), cancellationToken) is { } entry
                && Parse(entry) is { } note
                && (tag is null || note.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
                && words.All(word => Contains(note.Title, word) || Contains(note.Text, word)))
            {
                found.Add(note);
            }
        }

        found.Sort((one, other) => other.Created.CompareTo(one.Created));
        return found;
    }

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static Note? Parse(Entry entry)
    {
        try
        {
            // The version counts what is stored; inside the file it would always be one behind.
            Note? note = JsonSerializer.Deserialize(entry.Content, NoteJson.Default.Note);
            return note is null ? null : note with { Version = entry.Version };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static EntryPath PathOf(Guid id) => EntryPath.Parse($"{Prefix}{id}{Extension}");
}
