using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>Who provides what: each tool and prompt of a plugin becomes one of the host's server, which passes the request on.</summary>
internal sealed class Routes(PluginServer server, StorageRouter storage)
{
    private readonly Dictionary<string, string> _providers = [];

    /// <summary>Makes what a plugin provides reachable, and brings it the events that it needs.</summary>
    /// <exception cref="PluginException">Another plugin provides a tool, prompt or storage type of it already.</exception>
    public void Add(PluginSession session)
    {
        PluginConnection plugin = session.Connection;
        try
        {
            foreach (ToolDefinition tool in session.Tools)
            {
                Claim("tool", tool.Name, session);
                server.RegisterTool(
                    tool.Name, tool.Description, tool.InputSchema,
                    async (arguments, context, cancellationToken) =>
                        ToResult(await plugin.CallToolAsync(ToRequest(arguments, context), cancellationToken)));
            }

            foreach (PromptDefinition prompt in session.Prompts)
            {
                Claim("prompt", prompt.Name, session);
                server.RegisterPrompt(prompt, async (arguments, context, cancellationToken) =>
                    await plugin.GetPromptAsync(context.PromptName, arguments, cancellationToken));
            }

            foreach (string type in session.Manifest.ProvidesStorage)
            {
                Claim("storage", type, session);
                storage.Add(type, plugin);
            }
        }
        catch (ArgumentException exception)
        {
            throw new PluginException($"{session.Name} cannot join: {exception.Message}", exception);
        }

        foreach (string topic in session.Manifest.NeedsEvents)
        {
            server.Subscribe(topic, filters: null, async (delivery, _, cancellationToken) =>
                await plugin.PublishAsync(ToMessage(delivery), cancellationToken));
        }
    }

    /// <exception cref="PluginException">Another plugin provides it.</exception>
    private void Claim(string kind, string name, PluginSession session)
    {
        string claim = $"{kind} \"{name}\"";
        if (!_providers.TryAdd(claim, session.Name))
        {
            throw new PluginException(
                $"{session.Name} cannot join: {_providers[claim]} provides the {claim} already. Leave one of the two out, or rename it in one.");
        }
    }

    /// <summary>The call as it came: the plugin shall see who calls, not that the host is between them.</summary>
    private static ToolRequest ToRequest(Struct arguments, ToolContext context) => new()
    {
        ToolName = context.ToolName,
        Arguments = arguments,
        CallerPlugin = context.CallerPlugin,
        SessionId = context.SessionId,
        Provider = context.Provider,
        TraceParent = context.TraceParent,
    };

    private static ToolResult ToResult(ToolResponse answer) => answer.Success
        ? ToolResult.Json(answer.Result ?? new Struct())
        : ToolResult.Error(answer.ErrorCode, answer.ErrorMessage);

    private static Publish ToMessage(EventDelivery delivery) => new()
    {
        Topic = delivery.Topic,
        EventType = delivery.EventType,
        Payload = delivery.Payload,
        SourcePlugin = delivery.SourcePlugin,
    };
}
