using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Notes.Storage;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Notes;

/// <summary>The storage "notes": the notes themselves, and whatever else other plugins keep here.</summary>
public sealed partial class NotesPlugin : IStorageHandler
{
    public async ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
        await Folder.ReadAsync(EntryPath.Parse(request.Path), cancellationToken) is { } entry
            ? new StorageReadResponse
            {
                Content = UnsafeByteOperations.UnsafeWrap(entry.Content),
                Metadata = entry.Metadata.Length > 0 ? Struct.Parser.ParseFrom(entry.Metadata) : null,
                Version = entry.Version,
            }
            : new StorageReadResponse();

    public async ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken)
    {
        long version = await Folder.WriteAsync(
            EntryPath.Parse(request.Path),
            request.Content.Memory,
            request.Metadata?.ToByteArray() ?? [],
            request.ExpectedVersion,
            cancellationToken);
        return new StorageWriteResponse { Success = true, NewVersion = version };
    }

    public async ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
        new() { Success = await Folder.DeleteAsync(EntryPath.Parse(request.Path), cancellationToken) };

    public async ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken)
    {
        var response = new StorageListResponse();
        foreach (EntryInfo entry in await Folder.ListAsync(request.Prefix, request.Pattern, cancellationToken))
        {
            response.Entries.Add(new StorageEntry
            {
                Path = entry.Path,
                Size = entry.Size,
                Version = entry.Version,
                ModifiedAt = Timestamp.FromDateTime(entry.ModifiedUtc),
            });
        }

        return response;
    }
}
