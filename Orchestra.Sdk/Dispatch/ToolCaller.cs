using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Runs tools, streaming or not, for peers that want chunks or not. Whatever a tool throws becomes an answer.</summary>
internal sealed class ToolCaller(PluginInstance plugin, PluginEnvironment environment)
{
    private readonly ILogger _logger = environment.Logger;
    private readonly ConcurrentDictionary<string, ToolPace> _paces = new(StringComparer.Ordinal);
    private readonly ToolNames _names = new(plugin);

    /// <summary>Whether a tool may run on the thread that receives.</summary>
    public bool IsQuick(string tool) => _paces.TryGetValue(tool, out ToolPace? pace) && pace.IsQuick;

    /// <summary>Answers <c>tool_call</c>; the chunks of a streaming tool come joined.</summary>
    public async ValueTask<Answer> AnswerAsync(IncomingRequest incoming, CancellationToken cancellationToken) => new PluginResponse
    {
        ToolCall = await RunAsync(
            incoming.Id, incoming.Message.ToolCall, incoming.Peer, new JoinedChunks(cancellationToken), cancellationToken).ConfigureAwait(false),
    };

    /// <summary>Runs a tool, whose chunks or result the sink takes. Never throws.</summary>
    public async ValueTask<ToolResponse> RunAsync(
        string requestId, ToolRequest request, Peer peer, ChunkSink chunks, CancellationToken cancellationToken)
    {
        var call = ServerCall.Start(chunks.Method, requestId, request);
        ToolResponse response = await CallInScopeAsync(requestId, request, peer, chunks, cancellationToken).ConfigureAwait(false);
        call.End(response.Success ? "" : response.ErrorCode, response.ErrorMessage);
        return response;
    }

    private ToolContext CreateContext(string requestId, ToolRequest request, Peer peer, IProgress<object?>? progress, IServiceProvider? services) => new()
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
        Services = services,
        Progress = progress,
    };

    private async ValueTask<ToolResponse> CallInScopeAsync(
        string requestId, ToolRequest request, Peer peer, ChunkSink chunks, CancellationToken cancellationToken)
    {
        try
        {
            var scope = CallScope.Of(environment.Options.Services);
            await using (scope.ConfigureAwait(false))
            {
                ToolContext context = CreateContext(requestId, request, peer, chunks.Progress, scope.Services);
                return await CallAsync(request, context, chunks, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ToolException exception)
        {
            if (exception.InnerException is not null)
            {
                _logger.ToolFailed(exception, QuotedName.Of(request.ToolName), QuotedName.Bare(requestId));
            }

            return Responses.ToolError(exception.Code, exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Responses.ToolError(ErrorCodes.Cancelled, "the call was cancelled");
        }
        catch (Exception) when (chunks.Failure is not null)
        {
            return Responses.ToolError(ErrorCodes.Cancelled, "the peer is gone");
        }
        catch (Exception exception)
        {
            _logger.ToolFailed(exception, QuotedName.Of(request.ToolName), QuotedName.Bare(requestId));
            return Responses.ToolError(ErrorCodes.HandlerError, InnermostReason.Of(exception));
        }
    }

    private async ValueTask<ToolResponse> CallAsync(
        ToolRequest request, ToolContext context, ChunkSink chunks, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        if (plugin.CallTool(request, context, cancellationToken) is { } call)
        {
            // Of tools that exist, of which there are not many.
            _paces.GetOrAdd(request.ToolName, static _ => new ToolPace()).Add(started);
            return await call.ConfigureAwait(false) is { } result
                ? await chunks.TakeAsync(result).ConfigureAwait(false)
                : Responses.ToolError(ErrorCodes.HandlerError, "the tool returned no response");
        }

        if (plugin.StreamTool(request, context, chunks, cancellationToken) is { } stream)
        {
            return await stream.ConfigureAwait(false) ?? chunks.End();
        }

        return Responses.ToolError(
            ErrorCodes.ToolNotFound, $"{chunks.Asked} {QuotedName.Of(request.ToolName)} not found{_names.DidYouMean(request.ToolName)}");
    }
}
