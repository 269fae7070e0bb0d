using System.ComponentModel.DataAnnotations;
using System.Text;
using Orchestra.Sdk;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Notes;

/// <summary>What needs other plugins: they are reached through the orchestrator, whatever they are written in.</summary>
public sealed partial class NotesPlugin
{
    /// <summary>Write a note that greets somebody, in the words of the plugin that provides the tool greet.</summary>
    /// <param name="name">Who to greet.</param>
    [Tool]
    public async Task<Note> CreateGreetingAsync(
        [Length(1, 80)] string name, ToolContext context, CancellationToken cancellationToken)
    {
        ToolResponse greeting = await OrchestratorOf(context).CallToolAsync(
            "greet", new Dictionary<string, object?> { ["name"] = name }, cancellationToken);
        if (!greeting.Success)
        {
            throw new ToolException(greeting.ErrorCode, $"greet did not answer with a greeting: {greeting.ErrorMessage}");
        }

        var draft = new NoteDraft($"For {name}", greeting.Result.Fields["text"].StringValue, ["greeting"]);
        return await CreateAsync(draft, context.Orchestrator, context.Logger, cancellationToken);
    }

    /// <summary>Save all notes to a storage that another plugin provides, in place of what was saved there before.</summary>
    /// <param name="storage">The storage's type.</param>
    /// <param name="path">Where to.</param>
    [Tool]
    public async Task<Backup> BackUpNotesAsync(
        [Length(1, 40)] string storage,
        ToolContext context,
        [Length(1, 200)] string path = "backup/notes.md",
        CancellationToken cancellationToken = default)
    {
        OrchestratorClient orchestrator = OrchestratorOf(context);
        List<Note> notes = await Notes.SearchAsync("", tag: null, cancellationToken);
        byte[] content = Encoding.UTF8.GetBytes(Markdown.Of(notes));

        // Whoever writes between these two makes the second one fail, and nothing is lost.
        StorageReadResponse present = await orchestrator.ReadStorageAsync(path, storage, cancellationToken);
        StorageWriteResponse written = await orchestrator.WriteStorageAsync(
            path, content, present.Version, storageType: storage, cancellationToken: cancellationToken);
        return written.Success
            ? new Backup(path, notes.Count, written.NewVersion)
            : throw new ToolException("not_saved", $"The storage \"{storage}\" did not take {path}: {written.Error}");
    }

    /// <summary>List what was saved to a storage.</summary>
    /// <param name="storage">The storage's type.</param>
    [Tool(ReadOnly = true)]
    public static async Task<IReadOnlyList<SavedFile>> ListBackupsAsync(
        [Length(1, 40)] string storage, ToolContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<StorageEntry> entries = await OrchestratorOf(context)
            .ListStorageAsync("backup/", storageType: storage, cancellationToken: cancellationToken);
        return [.. entries.Select(entry => new SavedFile(entry.Path, entry.Size, entry.Version))];
    }

    /// <summary>Delete what was saved to a storage.</summary>
    /// <param name="storage">The storage's type.</param>
    /// <param name="path">Where it is.</param>
    [Tool(Destructive = true)]
    public static async Task DeleteBackupAsync(
        [Length(1, 40)] string storage, [Length(1, 200)] string path, ToolContext context, CancellationToken cancellationToken)
    {
        if (!await OrchestratorOf(context).DeleteStorageAsync(path, storage, cancellationToken))
        {
            throw new ToolException("not_deleted", $"The storage \"{storage}\" did not delete {path}; list_backups tells what is there.");
        }
    }

    private static OrchestratorClient OrchestratorOf(ToolContext context) => context.Orchestrator
        ?? throw new ToolException("no_orchestrator", "This needs another plugin, but notes was started without --orchestrator-addr.");
}
