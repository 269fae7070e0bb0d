using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.MarkdownStorage;

/// <summary>Keeps what other plugins store as Markdown files with front matter.</summary>
[Plugin("storage.markdown", Version = "0.1.0", ProvidesStorage = ["markdown"])]
public sealed partial class MarkdownStorage : IStorageHandler, ILifecycleHooks, IDisposable
{
    private MarkdownFolder? _folder;

    private MarkdownFolder Folder => _folder ?? throw new InvalidOperationException("The storage has not been booted yet.");

    /// <summary>The configuration's <c>folder</c> is where the files go.</summary>
    public ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
    {
        _folder = new MarkdownFolder(config.GetValueOrDefault("folder")
            ?? throw new ArgumentException("The configuration has no folder; add one to this plugin's config: in plugins.yaml."));
        return ValueTask.CompletedTask;
    }

    public ValueTask ShutdownAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
        Folder.ReadAsync(request, cancellationToken);

    public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) =>
        Folder.WriteAsync(request, cancellationToken);

    public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
        Folder.DeleteAsync(request, cancellationToken);

    public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) =>
        Folder.ListAsync(request, cancellationToken);

    public void Dispose() => _folder?.Dispose();
}
