using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>
/// Serves the <c>storage_*</c> requests. A plugin class that implements it gets them; calls come concurrently. What a method throws is
/// logged; a write is answered with its message as the error, a delete with no success, and the others empty.
/// </summary>
public interface IStorageHandler
{
    /// <summary>Reads an entry.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Canceled when nobody waits for the answer any more.</param>
    /// <returns>The content with its version; an empty response, whose version is 0, when there is no such entry.</returns>
    ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an entry if its version is still <see cref="StorageWriteRequest.ExpectedVersion"/>; 0 means that there must be none yet.
    /// </summary>
    /// <param name="request">What to write where.</param>
    /// <param name="cancellationToken">Canceled when nobody waits for the answer any more.</param>
    /// <returns>The new version, or an error that says why nothing was written.</returns>
    ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes an entry.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Canceled when nobody waits for the answer any more.</param>
    /// <returns>Whether it is gone now and was there before.</returns>
    ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken);

    /// <summary>Lists entries.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Canceled when nobody waits for the answer any more.</param>
    /// <returns>The entries.</returns>
    ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken);
}
