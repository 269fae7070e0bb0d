using Orchestra.Examples.MarkdownStorage;
using Orchestra.Sdk;

namespace Orchestra.Examples.TaskNotes;

/// <summary>Where the notes are: with the orchestrator, or in a folder where there is none.</summary>
public sealed partial class NoteTools : IAsyncDisposable
{
    private const string FolderVariable = "TASK_NOTES_FOLDER";

    private readonly ExportedPlugin? _folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
        ? new PluginBuilder("storage.markdown").SetStorageHandler(new MarkdownFolder(folder)).Export()
        : null;

    public ValueTask DisposeAsync() => _folder?.DisposeAsync() ?? default;

    private NoteStore StoreOf(ToolContext context, string project) =>
        (context.Orchestrator ?? _folder?.Client) is { } client
            ? new NoteStore(client, project)
            : throw new ToolException(
                "no_storage",
                $"There is no storage: start this plugin by an orchestrator, give --orchestrator-addr, or set {FolderVariable} to a folder for the notes.");

    private async Task<Note> ChangeAsync(
        ToolContext context, string project, string id, Func<Note, Note> change, CancellationToken cancellationToken)
    {
        NoteStore store = StoreOf(context, project);
        (Note note, long version) = await store.ReadAsync(id, cancellationToken);
        return await store.WriteAsync(change(note) with { UpdatedAt = DateTimeOffset.UtcNow }, version, cancellationToken);
    }
}
