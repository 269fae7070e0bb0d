using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Tells what the plugin offers: constants, and what was registered at run time.</summary>
internal sealed class MemberLists(PluginInstance plugin)
{
    public ValueTask<Answer> ListToolsAsync(IncomingRequest request, CancellationToken cancellationToken) =>
        new(Answer.Constant(PluginResponse.ListToolsFieldNumber, plugin.EncodedTools));

    public ValueTask<Answer> ListPromptsAsync(IncomingRequest request, CancellationToken cancellationToken) =>
        new(Answer.Constant(PluginResponse.ListPromptsFieldNumber, plugin.EncodedPrompts));
}
