using System.Globalization;
using System.IO.Enumeration;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.MarkdownStorage;

/// <summary>
/// A folder of Markdown files. An entry's metadata is its file's front matter; its version is in a file beside it, as the storage of the
/// Go SDK's authors has it.
/// </summary>
internal sealed class MarkdownFolder(string root) : IStorageHandler, IDisposable
{
    private const string VersionExtension = ".version";

    private readonly string _root = Path.GetFullPath(root) + Path.DirectorySeparatorChar;
    private readonly SemaphoreSlim _gate = new(1);

    public void Dispose() => _gate.Dispose();

    public async ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken)
    {
        string file = FileOf(request.Path);
        if (!File.Exists(file))
        {
            return new StorageReadResponse();
        }

        (Struct? metadata, string body) = FrontMatter.Parse(await File.ReadAllTextAsync(file, cancellationToken));
        return new StorageReadResponse
        {
            Content = ByteString.CopyFromUtf8(body),
            Metadata = metadata,
            Version = VersionOf(file),
        };
    }

    public async ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken)
    {
        string file = FileOf(request.Path);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            long version = VersionOf(file);
            if (version != request.ExpectedVersion)
            {
                return new StorageWriteResponse { Error = $"{request.Path} has version {version}, not {request.ExpectedVersion}; read it again." };
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, FrontMatter.Format(request.Metadata, request.Content.ToStringUtf8()), cancellationToken);
            await File.WriteAllTextAsync(file + VersionExtension, $"{version + 1}", cancellationToken);
            return new StorageWriteResponse { Success = true, NewVersion = version + 1 };
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken)
    {
        string file = FileOf(request.Path);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            bool exists = File.Exists(file);
            File.Delete(file);
            File.Delete(file + VersionExtension);
            return new StorageDeleteResponse { Success = exists };
        }
        finally
        {
            _gate.Release();
        }
    }

    public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken)
    {
        string pattern = request.Pattern.Length > 0 ? request.Pattern : "*.md";
        var response = new StorageListResponse();
        if (Directory.Exists(_root))
        {
            response.Entries.AddRange(Directory
                .EnumerateFiles(_root, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(VersionExtension, StringComparison.Ordinal)
                    && PathOf(file).StartsWith(request.Prefix, StringComparison.Ordinal)
                    && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file), ignoreCase: false))
                .Order(StringComparer.Ordinal)
                .Select(file => new StorageEntry
                {
                    Path = PathOf(file),
                    Size = new FileInfo(file).Length,
                    Version = VersionOf(file),
                    ModifiedAt = Timestamp.FromDateTime(File.GetLastWriteTimeUtc(file)),
                }));
        }

        return new(response);
    }

    private string PathOf(string file) => Path.GetRelativePath(_root, file).Replace('\\', '/');

    private string FileOf(string path)
    {
        string file = Path.GetFullPath(Path.Combine(_root, path));
        return path.Length > 0 && file.StartsWith(_root, StringComparison.Ordinal)
            ? file
            : throw new ToolException("invalid_path", $"\"{path}\" is no path within the storage.");
    }

    /// <summary>0 where there is no file; 1 for one that somebody has put there by hand.</summary>
    private static long VersionOf(string file) => !File.Exists(file) ? 0
        : File.Exists(file + VersionExtension) ? long.Parse(File.ReadAllText(file + VersionExtension), CultureInfo.InvariantCulture)
        : 1;
}
