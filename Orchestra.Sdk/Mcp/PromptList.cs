using System.Buffers;
using System.Text.Json;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Mcp;

/// <summary>The prompts as clients get them: made once, and anew when one was added.</summary>
internal sealed class PromptList
{
    private readonly EncodedMessage _encoded;
    private readonly IReadOnlyList<PromptDefinition> _prompts;

    private PromptList(EncodedMessage encoded)
    {
        _encoded = encoded;
        _prompts = ListPromptsResponse.Parser.ParseFrom(encoded.ToArray()).Prompts;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, OutgoingLine.Options))
        {
            json.WriteStartArray();
            foreach (PromptDefinition prompt in _prompts)
            {
                Write(json, prompt);
            }

            json.WriteEndArray();
        }

        Json = buffer.WrittenMemory;
    }

    /// <summary>The array.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The list as it is now: the last one, where nothing was added since.</summary>
    public static PromptList Of(PluginInstance plugin, PromptList? last)
    {
        EncodedMessage encoded = plugin.EncodedPrompts;
        return last is not null && last._encoded.IsSameAs(encoded) ? last : new PromptList(encoded);
    }

    /// <exception cref="JsonRpcException">There is no prompt of that name.</exception>
    public PromptDefinition Find(string name)
    {
        foreach (PromptDefinition prompt in _prompts)
        {
            if (prompt.Name == name)
            {
                return prompt;
            }
        }

        throw JsonRpcException.InvalidParams($"prompt {QuotedName.Of(name)} not found");
    }

    private static void Write(Utf8JsonWriter json, PromptDefinition prompt)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, prompt.Name);
        json.WriteString("description"u8, prompt.Description);
        json.WriteStartArray("arguments"u8);
        foreach (PromptArgument argument in prompt.Arguments)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, argument.Name);
            json.WriteString("description"u8, argument.Description);
            json.WriteBoolean("required"u8, argument.Required);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
