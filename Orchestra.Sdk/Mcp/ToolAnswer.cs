using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Mcp;

/// <summary>Writes what a tool answered as the members of a result.</summary>
internal static class ToolAnswer
{
    /// <param name="json">Where to.</param>
    /// <param name="answer">What the tool answered.</param>
    /// <param name="isStructured">Whether the result must be there as it is, also where it is only a text.</param>
    public static void Write(Utf8JsonWriter json, ToolResponse answer, bool isStructured)
    {
        if (!answer.Success)
        {
            WriteText(json, $"{answer.ErrorCode}: {answer.ErrorMessage}");
            json.WriteBoolean("isError"u8, true);
            return;
        }

        Struct result = answer.Result ?? new Struct();
        if (!isStructured && result.Fields.Count == 1 && result.Fields.TryGetValue("text", out Value? text) && text.HasStringValue)
        {
            WriteText(json, text.StringValue);
            return;
        }

        ReadOnlySpan<byte> members = JsonBytes.Of(Value.ForStruct(result)).Span;
        BeginText(json);
        json.WriteString("text"u8, members);
        EndText(json);
        json.WritePropertyName("structuredContent"u8);
        json.WriteRawValue(members, skipInputValidation: true);
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        BeginText(json);
        json.WriteString("text"u8, text);
        EndText(json);
    }

    private static void BeginText(Utf8JsonWriter json)
    {
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
    }

    private static void EndText(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
