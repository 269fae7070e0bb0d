using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Describing;

/// <summary>What <c>--describe</c> prints: one JSON document, for programs and for people.</summary>
internal static class JsonDescription
{
    // For a terminal or a file, not for a page of HTML.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(PluginDescription plugin)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", plugin.Manifest.Id);
            json.WriteString("version", plugin.Manifest.Version);
            json.WriteString("description", plugin.Manifest.Description);
            json.WriteString("author", plugin.Manifest.Author);
            json.WriteStartArray("tools");
            foreach (ToolDefinition tool in plugin.Tools)
            {
                WriteTool(json, plugin, tool);
            }

            json.WriteEndArray();
            json.WriteStartArray("prompts");
            foreach (PromptDefinition prompt in plugin.Prompts)
            {
                WritePrompt(json, prompt);
            }

            json.WriteEndArray();
            json.WriteStartArray("events");
            foreach (EventSubscription subscription in plugin.Events)
            {
                WriteEvent(json, subscription);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteTool(Utf8JsonWriter json, PluginDescription plugin, ToolDefinition tool)
    {
        json.WriteStartObject();
        json.WriteString("name", tool.Name);
        json.WriteString("description", tool.Description);
        json.WriteBoolean("streaming", plugin.IsStreaming(tool));
        if (plugin.HintsOf(tool) is { } hints)
        {
            WriteHints(json, hints);
        }

        json.WritePropertyName("input_schema");
        JsonBytes.Write(json, Value.ForStruct(tool.InputSchema ?? new Struct()));
        if (plugin.ResultOf(tool) is { } result)
        {
            json.WritePropertyName("output_schema");
            JsonBytes.Write(json, Value.ForStruct(result));
        }

        json.WriteEndObject();
    }

    private static void WriteHints(Utf8JsonWriter json, ToolHints hints)
    {
        json.WriteStartObject("hints");
        if (hints.Title is not null)
        {
            json.WriteString("title", hints.Title);
        }

        Write("read_only", hints.ReadOnly);
        Write("destructive", hints.Destructive);
        Write("idempotent", hints.Idempotent);
        Write("open_world", hints.OpenWorld);
        json.WriteEndObject();

        void Write(string name, bool? hint)
        {
            if (hint is { } flag)
            {
                json.WriteBoolean(name, flag);
            }
        }
    }

    private static void WritePrompt(Utf8JsonWriter json, PromptDefinition prompt)
    {
        json.WriteStartObject();
        json.WriteString("name", prompt.Name);
        json.WriteString("description", prompt.Description);
        json.WriteStartArray("arguments");
        foreach (PromptArgument argument in prompt.Arguments)
        {
            json.WriteStartObject();
            json.WriteString("name", argument.Name);
            json.WriteString("description", argument.Description);
            json.WriteBoolean("required", argument.Required);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, EventSubscription subscription)
    {
        json.WriteStartObject();
        json.WriteString("topic", subscription.Topic);
        json.WriteStartObject("filters");
        foreach ((string field, string value) in subscription.Filters)
        {
            json.WriteString(field, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
