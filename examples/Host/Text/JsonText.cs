using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Text;

/// <summary>JSON text to protobuf's <see cref="Struct"/>, and back to one compact line.</summary>
internal static class JsonText
{
    // Beyond this a double no longer counts by ones.
    private const double LargestExactInteger = 1L << 53;

    /// <exception cref="UsageException"><paramref name="json"/> is not a JSON object.</exception>
    public static Struct ParseObject(string json) =>
        ParseValue(json).StructValue ?? throw new UsageException($"JSON must be an object such as {{\"name\":\"Ada\"}}, not {json}.");

    /// <exception cref="UsageException"><paramref name="json"/> is no JSON.</exception>
    public static Value ParseValue(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ToValue(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"the arguments are no valid JSON: {exception.Message}");
        }
    }

    public static string Format(Struct value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static Struct ToStruct(JsonElement element)
    {
        var result = new Struct();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            result.Fields.Add(property.Name, ToValue(property.Value));
        }

        return result;
    }

    private static Value ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Value.ForStruct(ToStruct(element)),
        JsonValueKind.Array => Value.ForList([.. element.EnumerateArray().Select(ToValue)]),
        JsonValueKind.String => Value.ForString(element.GetString()!),
        JsonValueKind.Number when double.IsFinite(element.GetDouble()) => Value.ForNumber(element.GetDouble()),
        JsonValueKind.Number => throw new FormatException($"the number {element.GetRawText()} is too large."),
        JsonValueKind.True => Value.ForBool(true),
        JsonValueKind.False => Value.ForBool(false),
        _ => Value.ForNull(),
    };

    private static void Append(StringBuilder text, Struct value)
    {
        char separator = '{';
        foreach ((string name, Value member) in value.Fields)
        {
            text.Append(separator);
            Append(text, name);
            text.Append(':');
            Append(text, member);
            separator = ',';
        }

        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void Append(StringBuilder text, ListValue list)
    {
        text.Append('[');
        for (int index = 0; index < list.Values.Count; index++)
        {
            text.Append(index == 0 ? "" : ",");
            Append(text, list.Values[index]);
        }

        text.Append(']');
    }

    private static void Append(StringBuilder text, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StructValue:
                Append(text, value.StructValue);
                break;
            case Value.KindOneofCase.ListValue:
                Append(text, value.ListValue);
                break;
            case Value.KindOneofCase.StringValue:
                Append(text, value.StringValue);
                break;
            case Value.KindOneofCase.NumberValue:
                Append(text, value.NumberValue);
                break;
            case Value.KindOneofCase.BoolValue:
                text.Append(value.BoolValue ? "true" : "false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void Append(StringBuilder text, double number)
    {
        if (double.IsInteger(number) && Math.Abs(number) <= LargestExactInteger)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(long)number}");
        }
        else if (double.IsFinite(number))
        {
            text.Append(CultureInfo.InvariantCulture, $"{number:R}");
        }
        else
        {
            // JSON has no such number; protobuf writes it as a string too.
            text.Append(CultureInfo.InvariantCulture, $"\"{number}\"");
        }
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        for (int index = 0; index < value.Length;)
        {
            bool isCharacter = Rune.TryGetRuneAt(value, index, out Rune rune);
            int length = isCharacter ? rune.Utf16SequenceLength : 1;
            string character = value.Substring(index, length);
            index += length;
            if (character is "\"" or "\\")
            {
                text.Append('\\').Append(character);
            }
            else if (character == "\n")
            {
                text.Append("\\n");
            }
            else if (isCharacter && TerminalText.IsHarmless(rune))
            {
                text.Append(character);
            }
            else
            {
                // Also what a terminal might take for a command.
                foreach (char part in character)
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)part:x4}");
                }
            }
        }

        text.Append('"');
    }
}
