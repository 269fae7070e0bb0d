using System.Threading.Channels;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>Notices that what plugins are made of has changed.</summary>
internal sealed class SourceWatcher : IDisposable
{
    // Editors and git write several files, and some of them more than once.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private static readonly string[] Outputs = ["bin", "obj", "artifacts", "node_modules"];

    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();
    private readonly List<FileSystemWatcher> _watchers = [];

    /// <param name="paths">Projects, their folders, .cs files or programs, as the user names them.</param>
    public SourceWatcher(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            Add(path);
        }
    }

    /// <summary>Waits for a change, and then until nothing more changes.</summary>
    /// <returns>The files.</returns>
    public async Task<IReadOnlyCollection<string>> WaitAsync(CancellationToken cancellationToken)
    {
        var changed = new SortedSet<string>(StringComparer.Ordinal) { await _changes.Reader.ReadAsync(cancellationToken) };
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            quiet.CancelAfter(Quiet);
            try
            {
                changed.Add(await _changes.Reader.ReadAsync(quiet.Token));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return changed;
            }
        }
    }

    public void Dispose() => _watchers.ForEach(watcher => watcher.Dispose());

    /// <summary>Whether a plugin may be another one because of it.</summary>
    /// <param name="path">The file, from the folder that is watched.</param>
    public static bool IsSource(string path)
    {
        string[] steps = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]);
        return !steps[..^1].Any(step => step.StartsWith('.') || Outputs.Contains(step))
            && !steps[^1].StartsWith('.') && !steps[^1].EndsWith('~') && Path.HasExtension(steps[^1]);
    }

    private void Add(string path)
    {
        bool isFolder = Directory.Exists(path);
        bool isProject = isFolder || Path.GetExtension(path) == ".csproj";
        string folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var watcher = new FileSystemWatcher(Path.GetFullPath(folder), isProject ? "*" : Path.GetFileName(path))
        {
            IncludeSubdirectories = isProject,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.CreationTime,
        };
        FileSystemEventHandler changed = (_, change) =>
        {
            string file = Path.GetRelativePath(watcher.Path, change.FullPath);
            if (!isProject || IsSource(file))
            {
                _changes.Writer.TryWrite(file);
            }
        };
        watcher.Changed += changed;
        watcher.Created += changed;
        watcher.Deleted += changed;
        watcher.Renamed += (sender, change) => changed(sender, change);
        watcher.EnableRaisingEvents = true;
        _watchers.Add(watcher);
    }
}
