using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Runs tools, streaming or not, for peers that want chunks or not. Whatever a tool throws becomes an answer.</summary>
internal sealed class ToolCaller(PluginInstance plugin, PluginEnvironment environment)
{
    private readonly ILogger _logger = environment.Logger;

    /// <summary>Calls a tool; the chunks of a streaming one come joined.</summary>
    public ValueTask<ToolResponse> CallAsync(
        string requestId, ToolRequest request, Peer peer, CancellationToken cancellationToken) =>
        RunAsync(requestId, request, peer, chunks: null, cancellationToken);

    /// <summary>
    /// Streams a tool; the result of one that is no streaming tool is the only chunk. The answer tells how it ended.
    /// </summary>
    public ValueTask<ToolResponse> StreamAsync(
        string requestId, ToolRequest request, Peer peer, ChunkWriter chunks, CancellationToken cancellationToken) =>
        RunAsync(requestId, request, peer, chunks, cancellationToken);

    private async ValueTask<ToolResponse> RunAsync(
        string requestId, ToolRequest request, Peer peer, ChunkWriter? chunks, CancellationToken cancellationToken)
    {
        ToolContext context = CreateContext(requestId, request, peer);
        var call = ServerCall.Start(chunks is null ? RequestNames.ToolCall : RequestNames.StreamStart, requestId, request);
        ToolResponse response = await RunAsync(request, context, chunks, cancellationToken).ConfigureAwait(false);
        call.End(response.Success ? "" : response.ErrorCode, response.ErrorMessage);
        return response;
    }

    private ToolContext CreateContext(string requestId, ToolRequest request, Peer peer) => new()
    {
        ToolName = request.ToolName,
        RequestId = requestId,
        Peer = peer.Name,
        Patterns = peer.Patterns,
        CallerPlugin = request.CallerPlugin,
        SessionId = request.SessionId,
        Provider = request.Provider,
        TraceParent = request.TraceParent,
        Logger = _logger,
        Orchestrator = environment.Orchestrator,
        Services = environment.Options.Services,
    };

    /// <summary>Never throws.</summary>
    private async ValueTask<ToolResponse> RunAsync(
        ToolRequest request, ToolContext context, ChunkWriter? chunks, CancellationToken cancellationToken)
    {
        try
        {
            ToolResponse response = chunks is null
                ? await CallAsync(request, context, cancellationToken).ConfigureAwait(false)
                : await StreamAsync(request, context, chunks, cancellationToken).ConfigureAwait(false);
            return response ?? Responses.ToolError(ErrorCodes.HandlerError, "the tool returned no response");
        }
        catch (ToolException exception)
        {
            if (exception.InnerException is not null)
            {
                _logger.ToolFailed(exception, QuotedName.Of(request.ToolName), QuotedName.Bare(context.RequestId));
            }

            return Responses.ToolError(exception.Code, exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Responses.ToolError(ErrorCodes.Cancelled, "the call was cancelled");
        }
        catch (Exception) when (chunks is StreamChunks { Failure: not null })
        {
            return Responses.ToolError(ErrorCodes.Cancelled, "the peer is gone");
        }
        catch (Exception exception)
        {
            _logger.ToolFailed(exception, QuotedName.Of(request.ToolName), QuotedName.Bare(context.RequestId));
            return Responses.ToolError(ErrorCodes.HandlerError, exception.Message);
        }
    }

    private async ValueTask<ToolResponse> CallAsync(
        ToolRequest request, ToolContext context, CancellationToken cancellationToken)
    {
        if (plugin.CallTool(request, context, cancellationToken) is { } call)
        {
            return await call.ConfigureAwait(false);
        }

        var joined = new JoinedChunks(cancellationToken);
        return plugin.StreamTool(request, context, joined, cancellationToken) is { } stream
            ? await stream.ConfigureAwait(false) ?? joined.ToResponse()
            : NotFound("tool", request);
    }

    private async ValueTask<ToolResponse> StreamAsync(
        ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken)
    {
        if (plugin.StreamTool(request, context, chunks, cancellationToken) is { } stream)
        {
            return await stream.ConfigureAwait(false) ?? new ToolResponse { Success = true };
        }

        if (plugin.CallTool(request, context, cancellationToken) is not { } call)
        {
            return NotFound("streaming tool", request);
        }

        ToolResponse response = await call.ConfigureAwait(false);
        if (response is { Success: true })
        {
            await WriteAsync(response.Result ?? new Struct(), chunks).ConfigureAwait(false);
        }

        return response;
    }

    /// <summary>A result as a chunk: what is only a text as text, everything else as JSON.</summary>
    private static ValueTask WriteAsync(Struct result, ChunkWriter chunks) =>
        result.Fields.Count == 1 && result.Fields.TryGetValue("text", out Value? text) && text.HasStringValue
            ? chunks.WriteTextAsync(text.StringValue)
            : chunks.WriteValueAsync(Value.ForStruct(result));

    private static ToolResponse NotFound(string kind, ToolRequest request) =>
        Responses.ToolError(ErrorCodes.ToolNotFound, $"{kind} {QuotedName.Of(request.ToolName)} not found");
}
