using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Describing;

/// <summary>
/// All that a plugin offers, as <c>--describe</c> tells it. It is read from the lists that are sent to peers: constants of the finished
/// texts would hold each schema twice in the binary, for a flag that is used while developing.
/// </summary>
internal sealed class PluginDescription
{
    private readonly HashSet<string> _streaming;
    private readonly Dictionary<string, Struct> _results = [];
    private readonly Func<string, ToolHints?> _hints;

    /// <summary>Of a class.</summary>
    public PluginDescription(PluginDefinition definition)
        : this(definition, definition.EncodedTools, definition.EncodedPrompts, definition.StreamingTools, definition.HintsOf)
    {
    }

    /// <summary>Of a plugin that has more than its definition says.</summary>
    public PluginDescription(PluginInstance plugin)
        : this(plugin.Definition, plugin.EncodedTools, plugin.EncodedPrompts, plugin.StreamingTools, plugin.HintsOf)
    {
    }

    private PluginDescription(
        PluginDefinition definition,
        EncodedMessage tools,
        EncodedMessage prompts,
        IReadOnlyList<string> streaming,
        Func<string, ToolHints?> hints)
    {
        Events = definition.Events;
        Manifest = PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray());
        Tools = ListToolsResponse.Parser.ParseFrom(tools.ToArray()).Tools;
        Prompts = ListPromptsResponse.Parser.ParseFrom(prompts.ToArray()).Prompts;
        _streaming = [.. streaming];
        _hints = hints;
        foreach (ToolDefinition tool in ListToolsResponse.Parser.ParseFrom(definition.EncodedResults.ToArray()).Tools)
        {
            _results[tool.Name] = tool.InputSchema;
        }
    }

    public PluginManifest Manifest { get; }

    public IReadOnlyList<ToolDefinition> Tools { get; }

    public IReadOnlyList<PromptDefinition> Prompts { get; }

    public IReadOnlyList<EventSubscription> Events { get; }

    public bool IsStreaming(ToolDefinition tool) => _streaming.Contains(tool.Name);

    /// <summary>What is said of a tool's behavior; null when nothing is.</summary>
    public ToolHints? HintsOf(ToolDefinition tool) => _hints(tool.Name);

    /// <summary>The schema of a tool's result; null where nothing is known of it.</summary>
    public Struct? ResultOf(ToolDefinition tool) => _results.GetValueOrDefault(tool.Name);
}
