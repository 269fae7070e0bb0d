using System.IO.Enumeration;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace MyNamespace;

/// <summary>The storage "my-binary". It is in memory, so that you see what is asked of one: put your files or database in its place.</summary>
public sealed partial class MyClassTools : IStorageHandler
{
    private readonly Dictionary<string, (ByteString Content, Struct? Metadata, long Version, DateTime Modified)> _entries = [];

    /// <inheritdoc/>
    public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // What there is not is read as empty, with the version 0.
            return new(_entries.TryGetValue(request.Path, out var entry)
                ? new StorageReadResponse { Content = entry.Content, Metadata = entry.Metadata, Version = entry.Version }
                : new StorageReadResponse());
        }
    }

    /// <inheritdoc/>
    public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A writer says which version it has seen: nobody overwrites what they do not know.
            long version = _entries.TryGetValue(request.Path, out var entry) ? entry.Version : 0;
            if (version != request.ExpectedVersion)
            {
                return new(new StorageWriteResponse { Error = $"{request.Path} has version {version}, not {request.ExpectedVersion}: read it again." });
            }

            _entries[request.Path] = (request.Content, request.Metadata, version + 1, DateTime.UtcNow);
            return new(new StorageWriteResponse { Success = true, NewVersion = version + 1 });
        }
    }

    /// <inheritdoc/>
    public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(new StorageDeleteResponse { Success = _entries.Remove(request.Path) });
        }
    }

    /// <inheritdoc/>
    public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken)
    {
        var response = new StorageListResponse();
        lock (_lock)
        {
            foreach ((string path, var entry) in _entries)
            {
                if (path.StartsWith(request.Prefix, StringComparison.Ordinal)
                    && (request.Pattern.Length == 0 || FileSystemName.MatchesSimpleExpression(request.Pattern, Path.GetFileName(path))))
                {
                    response.Entries.Add(new StorageEntry
                    {
                        Path = path,
                        Size = entry.Content.Length,
                        Version = entry.Version,
                        ModifiedAt = Timestamp.FromDateTime(entry.Modified),
                    });
                }
            }
        }

        return new(response);
    }
}
