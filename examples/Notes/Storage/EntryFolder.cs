using System.IO.Enumeration;
using Orchestra.Sdk;

namespace Orchestra.Examples.Notes.Storage;

/// <summary>
/// A folder of entries on disk. What a write has answered is on the disk and stays there. A writer says which version it has seen, so
/// that nobody overwrites what he does not know.
/// </summary>
internal sealed class EntryFolder : IDisposable
{
    /// <summary>What is being written; no entry's file is called so.</summary>
    public const string TemporaryName = "entry.tmp";

    private const string LockName = ".lock";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly FileStream _lock;

    private EntryFolder(string path, FileStream folderLock)
    {
        Path = path;
        _lock = folderLock;
    }

    public string Path { get; }

    public int Count => Files().Count();

    /// <summary>Opens a folder, which is made if it is not there. No other process has it open meanwhile.</summary>
    /// <exception cref="IOException">It cannot be made, or another process has it open.</exception>
    public static EntryFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(path);
        var folderLock = new FileStream(
            System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        // Of a process that was killed while it wrote.
        File.Delete(System.IO.Path.Combine(path, TemporaryName));

        return new EntryFolder(path, folderLock);
    }

    /// <returns>Null when there is no such entry.</returns>
    public Task<Entry?> ReadAsync(EntryPath path, CancellationToken cancellationToken) =>
        ExclusivelyAsync(() => EntryFile.ReadAsync(FileOf(path), cancellationToken), cancellationToken);

    /// <summary>Writes an entry if its version is the expected one; 0 when there must be none.</summary>
    /// <returns>The new version.</returns>
    /// <exception cref="ToolException">It has another version.</exception>
    /// <exception cref="IOException">The disk is full, say; nothing has changed then.</exception>
    public Task<long> WriteAsync(
        EntryPath path,
        ReadOnlyMemory<byte> content,
        ReadOnlyMemory<byte> metadata,
        long expectedVersion,
        CancellationToken cancellationToken) =>
        ExclusivelyAsync(async () =>
        {
            string file = FileOf(path);
            EntryInfo? present = await EntryFile.ReadInfoAsync(file, path.Text, cancellationToken);
            long version = present?.Version ?? 0;
            if (version != expectedVersion)
            {
                throw new ToolException(
                    "version_conflict", $"{path} has version {version}, not {expectedVersion}; read it again and decide anew.");
            }

            await EntryFile.ReplaceAsync(file, version + 1, content, metadata, cancellationToken);
            return version + 1;
        }, cancellationToken);

    /// <returns>False when there was none.</returns>
    public Task<bool> DeleteAsync(EntryPath path, CancellationToken cancellationToken) =>
        ExclusivelyAsync(() =>
        {
            string file = FileOf(path);
            bool exists = File.Exists(file);
            File.Delete(file);
            return Task.FromResult(exists);
        }, cancellationToken);

    /// <summary>The entries whose path begins with the prefix and whose last name matches the pattern, in order.</summary>
    /// <param name="prefix">The prefix; empty for all.</param>
    /// <param name="pattern">A pattern with * and ?; empty for all.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<List<EntryInfo>> ListAsync(string prefix, string pattern, CancellationToken cancellationToken) =>
        ExclusivelyAsync(async () =>
        {
            var entries = new List<EntryInfo>();
            foreach (EntryPath path in Files())
            {
                if (path.Text.StartsWith(prefix, StringComparison.Ordinal)
                    && (pattern.Length == 0 || FileSystemName.MatchesSimpleExpression(pattern, LastNameOf(path), ignoreCase: false))
                    && await EntryFile.ReadInfoAsync(FileOf(path), path.Text, cancellationToken) is { } entry)
                {
                    entries.Add(entry);
                }
            }

            entries.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
            return entries;
        }, cancellationToken);

    public void Dispose() => _lock.Dispose();

    private static ReadOnlySpan<char> LastNameOf(EntryPath path) => path.Text.AsSpan(path.Text.LastIndexOf('/') + 1);

    private IEnumerable<EntryPath> Files() =>
        Directory.EnumerateFiles(Path).Select(file => EntryPath.OfFile(System.IO.Path.GetFileName(file))).OfType<EntryPath>();

    private string FileOf(EntryPath path) => System.IO.Path.Combine(Path, path.FileName);

    // One at a time: reading the version and writing the next one must not be parted.
    private async Task<T> ExclusivelyAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await action();
        }
        finally
        {
            _gate.Release();
        }
    }
}
