using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk;
using Orchestra.Sdk.Client;

namespace Orchestra.Examples.Notes;

public sealed partial class NotesPlugin
{
    private const string NoteCreated = "note.created";
    private const string NoteRequested = "note.requested";

    /// <summary>Any plugin may have a note written by publishing this event, without knowing who keeps the notes.</summary>
    [OnEvent(NoteRequested)]
    public Task OnNoteRequestedAsync(NoteDraft draft, EventContext context, CancellationToken cancellationToken) =>
        CreateAsync(draft, context.Orchestrator, context.Logger, cancellationToken);

    private async Task<Note> CreateAsync(
        NoteDraft draft, OrchestratorClient? orchestrator, ILogger logger, CancellationToken cancellationToken)
    {
        Note note = await Notes.CreateAsync(draft, cancellationToken);
        if (orchestrator is not null)
        {
            await AnnounceAsync(note, orchestrator, logger, cancellationToken);
        }

        return note;
    }

    private static async Task AnnounceAsync(
        Note note, OrchestratorClient orchestrator, ILogger logger, CancellationToken cancellationToken)
    {
        var payload = new Struct();
        payload.Fields["id"] = Value.ForString(note.Id.ToString());
        payload.Fields["title"] = Value.ForString(note.Title);
        try
        {
            await orchestrator.PublishAsync(NoteCreated, "created", payload, cancellationToken);
        }
        catch (OrchestratorException exception)
        {
            // The note is written: who only wanted to hear of it must not make that fail.
            LogNotAnnounced(logger, note.Id, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "note {Id} was created, but that could not be announced")]
    private static partial void LogNotAnnounced(ILogger logger, Guid id, Exception exception);
}
