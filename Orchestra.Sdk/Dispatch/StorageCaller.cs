using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;
using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Has the <c>storage_*</c> requests served by the plugin's storage handler, if it has one.</summary>
internal sealed class StorageCaller(PluginInstance plugin, PluginEnvironment environment)
{
    private readonly ILogger _logger = environment.Logger;

    public async ValueTask<PluginResponse> CallAsync(PluginRequest request, CancellationToken cancellationToken)
    {
        if (plugin.Storage is not { } storage)
        {
            return Empty(request.RequestCase, "no storage handler registered");
        }

        try
        {
            return request.RequestCase switch
            {
                RequestKind.StorageRead => new PluginResponse
                {
                    StorageRead = Given(await storage.ReadAsync(request.StorageRead, cancellationToken).ConfigureAwait(false)),
                },
                RequestKind.StorageWrite => new PluginResponse
                {
                    StorageWrite = Given(await storage.WriteAsync(request.StorageWrite, cancellationToken).ConfigureAwait(false)),
                },
                RequestKind.StorageDelete => new PluginResponse
                {
                    StorageDelete = Given(await storage.DeleteAsync(request.StorageDelete, cancellationToken).ConfigureAwait(false)),
                },
                _ => new PluginResponse
                {
                    StorageList = Given(await storage.ListAsync(request.StorageList, cancellationToken).ConfigureAwait(false)),
                },
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Empty(request.RequestCase, "the call was cancelled");
        }
        catch (Exception exception)
        {
            if (exception is not ToolException { InnerException: null })
            {
                _logger.StorageFailed(exception, request.RequestCase, QuotedName.Bare(request.RequestId));
            }

            return Empty(request.RequestCase, exception.Message);
        }
    }

    // A null would be no answer of any kind.
    private static TResponse Given<TResponse>(TResponse? response)
        where TResponse : class => response ?? throw new InvalidOperationException("the storage handler returned no response");

    private static PluginResponse Empty(RequestKind kind, string why) => kind switch
    {
        RequestKind.StorageRead => new PluginResponse { StorageRead = new StorageReadResponse() },
        RequestKind.StorageWrite => new PluginResponse { StorageWrite = new StorageWriteResponse { Success = false, Error = why } },
        RequestKind.StorageDelete => new PluginResponse { StorageDelete = new StorageDeleteResponse { Success = false } },
        _ => new PluginResponse { StorageList = new StorageListResponse() },
    };
}
