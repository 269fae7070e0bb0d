using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Client;

/// <summary>Storage.</summary>
public sealed partial class OrchestratorClient
{
    /// <summary>Reads what is stored.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="storageType">The kind of storage; empty for the default one.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The content, its metadata and its version; where nothing is stored the version is 0.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<StorageReadResponse> ReadStorageAsync(
        string path, string storageType = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(storageType);
        var request = new StorageReadRequest { Path = path, StorageType = storageType };
        PluginResponse response = await SendAsync(new PluginRequest { StorageRead = request }, cancellationToken).ConfigureAwait(false);
        return response.StorageRead ?? throw _sender.Unexpected("storage_read", response);
    }

    /// <summary>Writes, if what is stored has the version that the caller last saw.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="content">The content.</param>
    /// <param name="expectedVersion">The version that is replaced; 0 where there must be nothing yet.</param>
    /// <param name="metadata">What to keep with it; <see langword="null"/> for nothing.</param>
    /// <param name="storageType">The kind of storage; empty for the default one.</param>
    /// <param name="cancellationToken">Gives the request up; it may have been carried out.</param>
    /// <returns>The new version, or why nothing was written: another version, say.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<StorageWriteResponse> WriteStorageAsync(
        string path,
        ReadOnlyMemory<byte> content,
        long expectedVersion = 0,
        Struct? metadata = null,
        string storageType = "",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(storageType);
        var request = new StorageWriteRequest
        {
            Path = path,

            // SendAsync copies it before it waits for anything.
            Content = UnsafeByteOperations.UnsafeWrap(content),
            ExpectedVersion = expectedVersion,
            Metadata = metadata,
            StorageType = storageType,
        };
        PluginResponse response = await SendAsync(new PluginRequest { StorageWrite = request }, cancellationToken).ConfigureAwait(false);
        return response.StorageWrite ?? throw _sender.Unexpected("storage_write", response);
    }

    /// <summary>Deletes what is stored.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="storageType">The kind of storage; empty for the default one.</param>
    /// <param name="cancellationToken">Gives the request up; it may have been carried out.</param>
    /// <returns>True when it is deleted.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<bool> DeleteStorageAsync(
        string path, string storageType = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(storageType);
        var request = new StorageDeleteRequest { Path = path, StorageType = storageType };
        PluginResponse response = await SendAsync(new PluginRequest { StorageDelete = request }, cancellationToken).ConfigureAwait(false);
        return response.StorageDelete?.Success ?? throw _sender.Unexpected("storage_delete", response);
    }

    /// <summary>Lists what is stored.</summary>
    /// <param name="prefix">How the paths begin; empty for all.</param>
    /// <param name="pattern">A pattern that they match; empty for all.</param>
    /// <param name="storageType">The kind of storage; empty for the default one.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="OrchestratorException">The request failed; see <see cref="SendAsync"/> for all exceptions.</exception>
    public async Task<IReadOnlyList<StorageEntry>> ListStorageAsync(
        string prefix = "", string pattern = "", string storageType = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(storageType);
        var request = new StorageListRequest { Prefix = prefix, Pattern = pattern, StorageType = storageType };
        PluginResponse response = await SendAsync(new PluginRequest { StorageList = request }, cancellationToken).ConfigureAwait(false);
        return response.StorageList?.Entries ?? throw _sender.Unexpected("storage_list", response);
    }
}
