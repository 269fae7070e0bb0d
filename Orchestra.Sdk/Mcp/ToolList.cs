using System.Buffers;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Describing;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Mcp;

/// <summary>The tools as clients get them: made once, and anew when one was added.</summary>
internal sealed class ToolList
{
    private readonly EncodedMessage _tools;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withOutputSchema = new(StringComparer.Ordinal);

    private ToolList(PluginInstance plugin, EncodedMessage tools)
    {
        _tools = tools;
        var description = new PluginDescription(plugin);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, OutgoingLine.Options))
        {
            json.WriteStartArray();
            foreach (ToolDefinition tool in description.Tools)
            {
                _names.Add(tool.Name);
                WriteTool(json, description, tool);
            }

            json.WriteEndArray();
        }

        Json = buffer.WrittenMemory;
    }

    /// <summary>The array.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The list as it is now: the last one, where nothing was added since.</summary>
    public static ToolList Of(PluginInstance plugin, ToolList? last)
    {
        EncodedMessage tools = plugin.EncodedTools;
        return last is not null && last._tools.IsSameAs(tools) ? last : new ToolList(plugin, tools);
    }

    public bool Has(string tool) => _names.Contains(tool);

    /// <summary>Whether clients check the result of the tool, so that it must be there.</summary>
    public bool HasOutputSchema(string tool) => _withOutputSchema.Contains(tool);

    private void WriteTool(Utf8JsonWriter json, PluginDescription description, ToolDefinition tool)
    {
        ToolHints? hints = description.HintsOf(tool);
        json.WriteStartObject();
        json.WriteString("name"u8, tool.Name);
        if (hints?.Title is { } title)
        {
            json.WriteString("title"u8, title);
        }

        json.WriteString("description"u8, tool.Description);
        json.WritePropertyName("inputSchema"u8);
        WriteInputSchema(json, tool.InputSchema ?? new Struct());
        if (description.ResultOf(tool) is { } result && IsTold(result))
        {
            _withOutputSchema.Add(tool.Name);
            json.WritePropertyName("outputSchema"u8);
            JsonBytes.Write(json, Value.ForStruct(result));
        }

        if (hints is not null)
        {
            WriteAnnotations(json, hints);
        }

        json.WriteEndObject();
    }

    /// <summary>Clients refuse the whole list for one schema whose root is no object; one that was registered may be any.</summary>
    private static void WriteInputSchema(Utf8JsonWriter json, Struct schema)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        foreach ((string name, Value value) in schema.Fields)
        {
            if (name != "type")
            {
                json.WritePropertyName(name);
                JsonBytes.Write(json, value);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>That a result is a text goes without a schema; it has no structured content then.</summary>
    private static bool IsTold(Struct result) =>
        result.Fields.GetValueOrDefault("type")?.StringValue == "object"
        && !(result.Fields.GetValueOrDefault("properties")?.StructValue is { Fields.Count: 1 } members
            && members.Fields.TryGetValue("text", out Value? text)
            && text.StructValue?.Fields.GetValueOrDefault("type")?.StringValue == "string");

    private static void WriteAnnotations(Utf8JsonWriter json, ToolHints hints)
    {
        json.WriteStartObject("annotations"u8);
        if (hints.Title is not null)
        {
            json.WriteString("title"u8, hints.Title);
        }

        Write("readOnlyHint"u8, hints.ReadOnly);
        Write("destructiveHint"u8, hints.Destructive);
        Write("idempotentHint"u8, hints.Idempotent);
        Write("openWorldHint"u8, hints.OpenWorld);
        json.WriteEndObject();

        void Write(ReadOnlySpan<byte> name, bool? hint)
        {
            if (hint is { } flag)
            {
                json.WriteBoolean(name, flag);
            }
        }
    }
}
