using System.Collections.Concurrent;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>Passes storage requests on to the plugin that provides their type; a request without a type to the only one there is.</summary>
internal sealed class StorageRouter : IStorageHandler
{
    private readonly ConcurrentDictionary<string, PluginConnection> _providers = new();

    /// <exception cref="ArgumentException">There is a provider already.</exception>
    public void Add(string type, PluginConnection provider)
    {
        if (!_providers.TryAdd(type, provider))
        {
            throw new ArgumentException($"there is a storage \"{type}\" already", nameof(type));
        }
    }

    public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
        SendAsync(request.StorageType, new PluginRequest { StorageRead = request }, answer => answer.StorageRead, cancellationToken);

    public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) =>
        SendAsync(request.StorageType, new PluginRequest { StorageWrite = request }, answer => answer.StorageWrite, cancellationToken);

    public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
        SendAsync(request.StorageType, new PluginRequest { StorageDelete = request }, answer => answer.StorageDelete, cancellationToken);

    public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) =>
        SendAsync(request.StorageType, new PluginRequest { StorageList = request }, answer => answer.StorageList, cancellationToken);

    private async ValueTask<T> SendAsync<T>(
        string type, PluginRequest request, Func<PluginResponse, T?> choose, CancellationToken cancellationToken)
        where T : class
    {
        PluginResponse answer = await Find(type).ForwardAsync(request, cancellationToken);
        return choose(answer)
            ?? throw new ToolException(answer.ToolCall?.ErrorCode ?? "no_answer", answer.ToolCall?.ErrorMessage ?? "no answer came");
    }

    private PluginConnection Find(string type)
    {
        if (type.Length == 0 && _providers.Values.ToArray() is [var only])
        {
            return only;
        }

        return _providers.GetValueOrDefault(type)
            ?? throw new ToolException("storage_not_found", $"no plugin provides the storage \"{type}\"");
    }
}
