using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>
/// Serves the <c>storage_*</c> requests. A plugin class that implements it gets them; calls come concurrently. What a method throws is
/// logged; a write is answered with its message as the error, a delete with no success, and the others empty.
/// </summary>
/// <example>
/// <code>
/// using System.Collections.Concurrent;
/// using Orchestra.Sdk;
/// using Orchestra.Sdk.Messages;
///
/// /// &lt;summary&gt;Keeps entries in memory.&lt;/summary&gt;
/// [Plugin("storage.memory", ProvidesStorage = ["memory"])]
/// public sealed partial class Memory : IStorageHandler
/// {
///     private readonly ConcurrentDictionary&lt;string, StorageReadResponse&gt; _entries = new();
///
///     public ValueTask&lt;StorageReadResponse&gt; ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =&gt;
///         new(_entries.GetValueOrDefault(request.Path) ?? new StorageReadResponse());
///
///     public ValueTask&lt;StorageWriteResponse&gt; WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken)
///     {
///         var written = new StorageReadResponse { Content = request.Content, Version = request.ExpectedVersion + 1 };
///         bool done = request.ExpectedVersion == 0
///             ? _entries.TryAdd(request.Path, written)
///             : _entries.TryGetValue(request.Path, out StorageReadResponse? present)
///                 &amp;&amp; present.Version == request.ExpectedVersion
///                 &amp;&amp; _entries.TryUpdate(request.Path, written, present);
///         return new(done
///             ? new StorageWriteResponse { Success = true, NewVersion = written.Version }
///             : new StorageWriteResponse { Error = $"{request.Path} has another version: read it again." });
///     }
///
///     public ValueTask&lt;StorageDeleteResponse&gt; DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =&gt;
///         new(new StorageDeleteResponse { Success = _entries.TryRemove(request.Path, out _) });
///
///     public ValueTask&lt;StorageListResponse&gt; ListAsync(StorageListRequest request, CancellationToken cancellationToken)
///     {
///         var response = new StorageListResponse();
///         response.Entries.AddRange(_entries.Keys
///             .Where(path =&gt; path.StartsWith(request.Prefix, StringComparison.Ordinal))
///             .Select(path =&gt; new StorageEntry { Path = path }));
///         return new(response);
///     }
/// }
/// </code>
/// </example>
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
