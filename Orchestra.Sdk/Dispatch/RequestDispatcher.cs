using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using RequestKind = Orchestra.Sdk.Messages.PluginRequest.RequestOneofCase;

namespace Orchestra.Sdk.Dispatch;

/// <summary>One request in, its response(s) out.</summary>
internal sealed class RequestDispatcher(PluginInstance plugin, ILogger logger)
{
    private readonly ToolCaller _tools = new(plugin, logger);

    public ValueTask DispatchAsync(PluginRequest request, ResponseWriter responses, CancellationToken cancellationToken) =>
        request.RequestCase switch
        {
            RequestKind.ToolCall => CallToolAsync(request, responses, cancellationToken),
            RequestKind.ListTools => responses.WriteEncodedAsync(
                request.RequestId, PluginResponse.ListToolsFieldNumber, plugin.Definition.EncodedTools),

            // It stops a running stream and has no answer of its own.
            RequestKind.StreamCancel => ValueTask.CompletedTask,
            _ => AnswerAsync(request, Answer(request), responses),
        };

    private static PluginResponse Answer(PluginRequest request) => request.RequestCase switch
    {
        RequestKind.Register => Responses.Registered(),
        RequestKind.Boot => Responses.Booted(),
        RequestKind.Shutdown => Responses.ShutDown(),
        RequestKind.Health => Responses.Healthy(),
        RequestKind.ListPrompts => Responses.NoPrompts(),
        RequestKind.PromptGet => Responses.PromptNotFound(request.PromptGet),
        RequestKind.StorageRead => Responses.NothingStored(),
        RequestKind.StorageWrite => Responses.NoStorage(),
        RequestKind.StorageDelete => Responses.NothingDeleted(),
        RequestKind.StorageList => Responses.NothingListed(),
        RequestKind.StreamStart => Responses.StreamNotFound(request.StreamStart),
        RequestKind.Subscribe => Responses.Subscribed(request.Subscribe),
        RequestKind.Unsubscribe or RequestKind.Publish => Responses.Empty(),
        _ => Responses.Unknown(),
    };

    private static ValueTask AnswerAsync(PluginRequest request, PluginResponse response, ResponseWriter responses)
    {
        response.RequestId = request.RequestId;
        return responses.WriteAsync(response, last: true);
    }

    private async ValueTask CallToolAsync(
        PluginRequest request, ResponseWriter responses, CancellationToken cancellationToken)
    {
        ToolResponse result = await _tools
            .CallAsync(request.RequestId, request.ToolCall, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await AnswerAsync(request, new PluginResponse { ToolCall = result }, responses).ConfigureAwait(false);
        }
        catch (MessageFramingException exception)
        {
            logger.ResultTooLarge(QuotedName.Of(request.ToolCall.ToolName), exception.Message, request.RequestId);
            ToolResponse error = Responses.ToolError(
                ErrorCodes.ResultTooLarge, $"the tool's result is too large: {exception.Message}; ask for less at once");
            await AnswerAsync(request, new PluginResponse { ToolCall = error }, responses).ConfigureAwait(false);
        }
    }
}
