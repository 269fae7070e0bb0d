using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Has the <c>storage_*</c> requests served by the plugin's storage handler, if it has one.</summary>
internal sealed class StorageCaller(PluginInstance plugin, PluginEnvironment environment)
{
    private readonly ILogger _logger = environment.Logger;

    public ValueTask<Answer> ReadAsync(IncomingRequest incoming, CancellationToken cancellationToken) => AnswerAsync(
        incoming,
        static async (storage, request, token) => new PluginResponse
        {
            StorageRead = Given(await storage.ReadAsync(request.StorageRead, token).ConfigureAwait(false)),
        },
        static _ => new PluginResponse { StorageRead = new StorageReadResponse() },
        cancellationToken);

    public ValueTask<Answer> WriteAsync(IncomingRequest incoming, CancellationToken cancellationToken) => AnswerAsync(
        incoming,
        static async (storage, request, token) => new PluginResponse
        {
            StorageWrite = Given(await storage.WriteAsync(request.StorageWrite, token).ConfigureAwait(false)),
        },
        static why => new PluginResponse { StorageWrite = new StorageWriteResponse { Success = false, Error = why } },
        cancellationToken);

    public ValueTask<Answer> DeleteAsync(IncomingRequest incoming, CancellationToken cancellationToken) => AnswerAsync(
        incoming,
        static async (storage, request, token) => new PluginResponse
        {
            StorageDelete = Given(await storage.DeleteAsync(request.StorageDelete, token).ConfigureAwait(false)),
        },
        static _ => new PluginResponse { StorageDelete = new StorageDeleteResponse { Success = false } },
        cancellationToken);

    public ValueTask<Answer> ListAsync(IncomingRequest incoming, CancellationToken cancellationToken) => AnswerAsync(
        incoming,
        static async (storage, request, token) => new PluginResponse
        {
            StorageList = Given(await storage.ListAsync(request.StorageList, token).ConfigureAwait(false)),
        },
        static _ => new PluginResponse { StorageList = new StorageListResponse() },
        cancellationToken);

    private async ValueTask<Answer> AnswerAsync(
        IncomingRequest incoming,
        Func<IStorageHandler, PluginRequest, CancellationToken, ValueTask<PluginResponse>> serve,
        Func<string, PluginResponse> fail,
        CancellationToken cancellationToken)
    {
        if (plugin.Storage is not { } storage)
        {
            return fail("no storage handler registered");
        }

        try
        {
            return await serve(storage, incoming.Message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return fail("the call was cancelled");
        }
        catch (Exception exception)
        {
            if (exception is not ToolException { InnerException: null })
            {
                _logger.StorageFailed(exception, incoming.Message.RequestCase, QuotedName.Bare(incoming.Id));
            }

            return fail(InnermostReason.Of(exception));
        }
    }

    // A null would be no answer of any kind.
    private static TResponse Given<TResponse>(TResponse? response)
        where TResponse : class => response ?? throw new InvalidOperationException("the storage handler returned no response");
}
