using Orchestra.Examples.Notes.Storage;
using Orchestra.Sdk;

namespace Orchestra.Examples.Notes;

public sealed partial class NotesPlugin : ILifecycleHooks, IHealthCheck, IDisposable
{
    private const string DataDirectory = "data_dir";
    private const long LittleSpace = 64 << 20;

    private EntryFolder? _folder;

    private NoteShelf Notes => new(Folder);

    private EntryFolder Folder => _folder
        ?? throw new ToolException("not_booted", "The plugin has no data folder yet; an orchestrator must send boot first.");

    /// <summary>Opens the data folder: the configuration's <c>data_dir</c>, else one in the user's local data.</summary>
    public ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
    {
        string path = config.GetValueOrDefault(DataDirectory) is { Length: > 0 } given
            ? given
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
                "orchestra",
                "notes");
        EntryFolder opened = EntryFolder.Open(path);
        if (Interlocked.CompareExchange(ref _folder, opened, null) is not null)
        {
            opened.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>There is nothing to save: what was answered is on the disk.</summary>
    public ValueTask ShutdownAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask<HealthReport> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (_folder is not { } folder)
        {
            return new(new HealthReport(HealthStatus.Degraded, "not booted"));
        }

        long free = new DriveInfo(folder.Path).AvailableFreeSpace;
        HealthReport report = free < LittleSpace
            ? new HealthReport(HealthStatus.Degraded, "the disk is nearly full")
            : new HealthReport(HealthStatus.Healthy);
        return new(report with
        {
            Details = new Dictionary<string, string>
            {
                [DataDirectory] = folder.Path,
                ["entries"] = $"{folder.Count}",
                ["free_bytes"] = $"{free}",
            },
        });
    }

    public void Dispose() => _folder?.Dispose();
}
