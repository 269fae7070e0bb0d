using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Orchestra.Examples.Notes;

/// <summary>What somebody wants written.</summary>
/// <param name="Title">A line that says what it is about.</param>
/// <param name="Text">The text, in Markdown.</param>
/// <param name="Tags">Words to find it by.</param>
public sealed record NoteDraft(
    [property: Length(1, 120)] string Title,
    [property: MaxLength(100_000)] string Text,
    [property: MaxLength(10)] IReadOnlyList<string>? Tags = null);

/// <summary>A note that is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Counts its changes, from 1.</param>
/// <param name="Title">A line that says what it is about.</param>
/// <param name="Text">The text, in Markdown.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Created">When it was written first.</param>
public sealed record Note(
    Guid Id, long Version, string Title, string Text, IReadOnlyList<string> Tags, DateTimeOffset Created)
{
    /// <summary>The same note with other content.</summary>
    public Note With(NoteDraft draft) => this with { Title = draft.Title, Text = draft.Text, Tags = draft.Tags ?? [] };
}

/// <summary>What was found.</summary>
/// <param name="Total">How many notes there are that match.</param>
/// <param name="Notes">The first of them.</param>
public sealed record SearchResult(int Total, IReadOnlyList<Note> Notes);

/// <summary>Where the notes were saved.</summary>
/// <param name="Path">The path in the storage.</param>
/// <param name="Notes">How many notes there are in it.</param>
/// <param name="Version">The version that the storage gave it.</param>
public sealed record Backup(string Path, int Notes, long Version);

/// <summary>A file in the storage of another plugin.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Version">Its version.</param>
public sealed record SavedFile(string Path, long Size, long Version);

/// <summary>What the others offer.</summary>
/// <param name="Health">How the orchestrator is.</param>
/// <param name="Tools">The names of the tools.</param>
/// <param name="Prompts">The names of the prompts.</param>
public sealed record Neighbors(string Health, IReadOnlyList<string> Tools, IReadOnlyList<string> Prompts);

/// <summary>How notes are written to files.</summary>
[JsonSerializable(typeof(Note))]
internal sealed partial class NoteJson : JsonSerializerContext;
