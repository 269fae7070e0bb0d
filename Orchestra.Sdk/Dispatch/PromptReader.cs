using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Gets prompts. The protocol has no error for them, so that what goes wrong is told by a description without messages.</summary>
internal sealed class PromptReader(PluginInstance plugin, PluginEnvironment environment)
{
    private readonly ILogger _logger = environment.Logger;

    public async ValueTask<Answer> AnswerAsync(IncomingRequest request, CancellationToken cancellationToken) => new PluginResponse
    {
        PromptGet = await GetAsync(request.Id, request.Message.PromptGet, request.Peer, cancellationToken).ConfigureAwait(false),
    };

    private async ValueTask<PromptGetResponse> GetAsync(
        string requestId, PromptGetRequest request, Peer peer, CancellationToken cancellationToken)
    {
        var context = new PromptContext
        {
            PromptName = request.PromptName,
            RequestId = requestId,
            Peer = peer.Name,
            Patterns = peer.Patterns,
            Logger = _logger,
            Orchestrator = environment.Orchestrator,
            Services = environment.Options.Services,
        };
        try
        {
            if (plugin.GetPrompt(request, context, cancellationToken) is not { } prompt)
            {
                return Failed($"prompt {QuotedName.Of(request.PromptName)} not found");
            }

            return PromptResult.WithTypes(await prompt.ConfigureAwait(false) ?? Failed("the prompt returned no response"));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed("the call was cancelled");
        }
        catch (Exception exception)
        {
            if (exception is not ToolException { InnerException: null })
            {
                _logger.PromptFailed(exception, QuotedName.Of(request.PromptName), QuotedName.Bare(requestId));
            }

            return Failed(InnermostReason.Of(exception));
        }
    }

    private static PromptGetResponse Failed(string why) => new() { Description = why };
}
