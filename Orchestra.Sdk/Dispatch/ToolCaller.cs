using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Runs tools. Whatever a tool throws becomes an answer.</summary>
internal sealed class ToolCaller(PluginInstance plugin, ILogger logger)
{
    public async ValueTask<ToolResponse> CallAsync(string requestId, ToolRequest request, CancellationToken cancellationToken)
    {
        var context = new ToolContext
        {
            ToolName = request.ToolName,
            RequestId = requestId,
            CallerPlugin = request.CallerPlugin,
            SessionId = request.SessionId,
            Provider = request.Provider,
            TraceParent = request.TraceParent,
            Logger = logger,
        };
        try
        {
            if (plugin.CallTool(request, context, cancellationToken) is not { } call)
            {
                return Responses.ToolError(ErrorCodes.ToolNotFound, $"tool {QuotedName.Of(request.ToolName)} not found");
            }

            return await call.ConfigureAwait(false)
                ?? Responses.ToolError(ErrorCodes.HandlerError, "the tool returned no response");
        }
        catch (ToolException exception)
        {
            if (exception.InnerException is not null)
            {
                logger.ToolFailed(exception, QuotedName.Of(request.ToolName), requestId);
            }

            return Responses.ToolError(exception.Code, exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Responses.ToolError(ErrorCodes.Cancelled, "the call was cancelled");
        }
        catch (Exception exception)
        {
            logger.ToolFailed(exception, QuotedName.Of(request.ToolName), requestId);
            return Responses.ToolError(ErrorCodes.HandlerError, exception.Message);
        }
    }
}
