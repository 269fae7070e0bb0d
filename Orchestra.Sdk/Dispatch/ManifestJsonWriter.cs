using System.Buffers;
using System.Text.Json;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>What <c>--manifest</c> prints; the installer expects these keys in this order.</summary>
internal static class ManifestJsonWriter
{
    public static byte[] Write(PluginManifest manifest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", manifest.Id);
            json.WriteString("version", manifest.Version);
            json.WriteString("description", manifest.Description);
            json.WriteString("author", manifest.Author);
            json.WriteString("language", manifest.Language);
            WriteList(json, "provides_tools", manifest.ProvidesTools);
            WriteList(json, "provides_storage", manifest.ProvidesStorage);
            WriteList(json, "provides_transport", manifest.ProvidesTransport);
            WriteList(json, "provides_ai", manifest.ProvidesAi);
            WriteList(json, "provides_prompts", manifest.ProvidesPrompts);
            WriteList(json, "needs_storage", manifest.NeedsStorage);
            WriteList(json, "needs_ai", manifest.NeedsAi);
            WriteList(json, "needs_tools", manifest.NeedsTools);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
