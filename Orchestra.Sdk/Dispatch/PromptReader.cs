using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A prompt, or why there is none.</summary>
/// <param name="response">The prompt; where there is none, a description without messages that says why.</param>
/// <param name="errorCode">Empty for a prompt.</param>
internal sealed class PromptOutcome(PromptGetResponse response, string errorCode = "")
{
    public PromptGetResponse Response => response;

    public string ErrorCode => errorCode;
}

/// <summary>Gets prompts. The protocol has no error for them, so that what goes wrong is told by a description without messages.</summary>
internal sealed class PromptReader(PluginInstance plugin, PluginEnvironment environment)
{
    private readonly ILogger _logger = environment.Logger;

    public async ValueTask<Answer> AnswerAsync(IncomingRequest request, CancellationToken cancellationToken) => new PluginResponse
    {
        PromptGet = (await GetAsync(request.Id, request.Message.PromptGet, request.Peer, cancellationToken).ConfigureAwait(false)).Response,
    };

    /// <summary>Gets a prompt. Never throws.</summary>
    public async ValueTask<PromptOutcome> GetAsync(
        string requestId, PromptGetRequest request, Peer peer, CancellationToken cancellationToken)
    {
        try
        {
            var scope = CallScope.Of(environment.Options.Services);
            await using ConfiguredAsyncDisposable end = scope.ConfigureAwait(false);
            var context = new PromptContext
            {
                PromptName = request.PromptName,
                RequestId = requestId,
                Peer = peer.Name,
                Patterns = peer.Patterns,
                Logger = _logger,
                Orchestrator = environment.Orchestrator,
                Services = scope.Services,
            };
            if (plugin.GetPrompt(request, context, cancellationToken) is not { } prompt)
            {
                return Failed(ErrorCodes.PromptNotFound, $"prompt {QuotedName.Of(request.PromptName)} not found");
            }

            return await prompt.ConfigureAwait(false) is { } response
                ? new PromptOutcome(PromptResult.WithTypes(response), context.IsRejected ? ErrorCodes.InvalidArguments : "")
                : Failed(ErrorCodes.HandlerError, "the prompt returned no response");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(ErrorCodes.Cancelled, "the call was cancelled");
        }
        catch (Exception exception)
        {
            if (exception is not ToolException { InnerException: null })
            {
                _logger.PromptFailed(exception, QuotedName.Of(request.PromptName), QuotedName.Bare(requestId));
            }

            return Failed((exception as ToolException)?.Code ?? ErrorCodes.HandlerError, InnermostReason.Of(exception));
        }
    }

    private static PromptOutcome Failed(string code, string why) => new(new PromptGetResponse { Description = why }, code);
}
