using System.Text.Json;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>What of MCP a server has, as its capabilities tell it.</summary>
/// <param name="plugin">What it serves.</param>
/// <param name="canChange">Whether tools and prompts may be added while it runs.</param>
internal sealed class McpOffer(PluginInstance plugin, bool canChange)
{
    public bool CanChange => canChange;

    public bool HasTools { get; } = canChange || plugin.EncodedTools.Length > 0;

    public bool HasPrompts { get; } = canChange || plugin.EncodedPrompts.Length > 0;

    public bool HasCompletions { get; } = plugin.Definition.Choices.Count > 0;

    public bool HasResources { get; } = plugin.Storage is not null && McpResources.TypesOf(plugin).Count > 0;

    public void Write(Utf8JsonWriter json)
    {
        WriteList(json, "tools"u8, HasTools);
        WriteList(json, "prompts"u8, HasPrompts);
        if (HasCompletions)
        {
            json.WriteStartObject("completions"u8);
            json.WriteEndObject();
        }

        if (HasResources)
        {
            json.WriteStartObject("resources"u8);
            json.WriteEndObject();
        }
    }

    // A client that is told that a list may change keeps a stream open to hear of it.
    private void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool isThere)
    {
        if (!isThere)
        {
            return;
        }

        json.WriteStartObject(name);
        if (canChange)
        {
            json.WriteBoolean("listChanged"u8, true);
        }

        json.WriteEndObject();
    }
}
