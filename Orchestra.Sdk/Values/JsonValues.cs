using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

/// <summary>The forms of .NET for JSON of any shape, to and from protobuf's.</summary>
internal static class JsonValues
{
    // Deeper than what can be sent: a value that is within others and was a text itself has the levels of both.
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 4 * Nesting.MaxLevels };

    public static JsonElement ToElement(Value value)
    {
        using var document = JsonDocument.Parse(JsonBytes.Of(value), AnyDepth);
        return document.RootElement.Clone();
    }

    public static Value Of(JsonNode? node) => node switch
    {
        null => Value.ForNull(),
        JsonArray array => ResultValue.OfList(array, Of),
        JsonObject members => ResultValue.OfDictionary(members, Of),
        _ => OfLeaf(node.AsValue()),
    };

    public static JsonNode? ToNode(Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StringValue:
                return JsonValue.Create(value.StringValue);
            case Value.KindOneofCase.NumberValue:
                // JSON has no NaN; protobuf's JSON has it as a string.
                return double.IsFinite(value.NumberValue)
                    ? JsonValue.Create(value.NumberValue)
                    : JsonValue.Create(value.NumberValue.ToString(CultureInfo.InvariantCulture));
            case Value.KindOneofCase.BoolValue:
                return JsonValue.Create(value.BoolValue);
            case Value.KindOneofCase.ListValue:
                var array = new JsonArray();
                foreach (Value item in value.ListValue.Values)
                {
                    array.Add(ToNode(item));
                }

                return array;
            case Value.KindOneofCase.StructValue:
                var members = new JsonObject();
                foreach ((string name, Value member) in value.StructValue.Fields)
                {
                    members.Add(name, ToNode(member));
                }

                return members;
            default:
                return null;
        }
    }

    public static object? ToObject(Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StringValue:
                return value.StringValue;
            case Value.KindOneofCase.NumberValue:
                return double.IsFinite(value.NumberValue) ? value.NumberValue : value.NumberValue.ToString(CultureInfo.InvariantCulture);
            case Value.KindOneofCase.BoolValue:
                return value.BoolValue;
            case Value.KindOneofCase.ListValue:
                var list = new List<object?>(value.ListValue.Values.Count);
                foreach (Value item in value.ListValue.Values)
                {
                    list.Add(ToObject(item));
                }

                return list;
            case Value.KindOneofCase.StructValue:
                var members = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach ((string name, Value member) in value.StructValue.Fields)
                {
                    members.Add(name, ToObject(member));
                }

                return members;
            default:
                return null;
        }
    }

    public static Value Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Value.ForString(element.GetString());
            case JsonValueKind.Number:
                return OfNumber(element);
            case JsonValueKind.True or JsonValueKind.False:
                return Value.ForBool(element.GetBoolean());
            case JsonValueKind.Array:
                return ResultValue.OfList(element.EnumerateArray(), Of);
            case JsonValueKind.Object:
                return ResultValue.OfObject(element, static (element, members) =>
                {
                    foreach (JsonProperty property in element.EnumerateObject())
                    {
                        members[property.Name] = Of(property.Value);
                    }
                });
            default:
                return Value.ForNull();
        }
    }

    // It may hold any type that System.Text.Json writes.
    private static Value OfLeaf(JsonValue value)
    {
        if (value.TryGetValue(out string? text))
        {
            return Value.ForString(text);
        }

        using var document = JsonDocument.Parse(value.ToJsonString(), AnyDepth);
        return Of(document.RootElement);
    }

    // What a double does not hold goes out as long integers of C# do.
    private static Value OfNumber(JsonElement element) =>
        element.TryGetInt64(out long integer) ? ResultValue.Of(integer)
        : element.TryGetUInt64(out ulong large) ? ResultValue.Of(large)
        : element.GetDouble() is var number && double.IsFinite(number) ? Value.ForNumber(number)
        : Value.ForString(element.GetRawText());

    /// <summary>What a tool returned as an object, where that can be told without looking into its type.</summary>
    public static Value Of(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => ResultValue.Of(text),
        bool flag => ResultValue.Of(flag),
        char c => ResultValue.Of(c),
        sbyte number => ResultValue.Of(number),
        byte number => ResultValue.Of(number),
        short number => ResultValue.Of(number),
        ushort number => ResultValue.Of(number),
        int number => ResultValue.Of(number),
        uint number => ResultValue.Of(number),
        long number => ResultValue.Of(number),
        ulong number => ResultValue.Of(number),
        Int128 number => ResultValue.Of(number),
        UInt128 number => ResultValue.Of(number),
        BigInteger number => ResultValue.Of(number),
        Half number => ResultValue.Of(number),
        float number => ResultValue.Of(number),
        double number => ResultValue.Of(number),
        decimal number => ResultValue.Of(number),
        DateTime time => ResultValue.Of(time),
        DateTimeOffset time => ResultValue.Of(time),
        DateOnly date => ResultValue.Of(date),
        TimeOnly time => ResultValue.Of(time),
        TimeSpan duration => ResultValue.Of(duration),
        Guid id => ResultValue.Of(id),
        Uri address => ResultValue.Of(address),
        Version version => ResultValue.Of(version),
        System.Enum name => OfName(name.ToString()),
        byte[] bytes => ResultValue.Of(bytes),
        ReadOnlyMemory<byte> bytes => ResultValue.Of(bytes),
        Value any => any,
        Struct members => Value.ForStruct(members),
        JsonElement element => Of(element),
        JsonNode node => Of(node),
        IEnumerable<KeyValuePair<string, object?>> members => ResultValue.OfDictionary(members, Of),
        IDictionary members when AreNamed(members) => ResultValue.OfDictionary(Named(members), Of),
        IEnumerable items and not IDictionary => ResultValue.OfList(items.Cast<object?>(), Of),
        _ => throw new InvalidOperationException(
            $"A tool returned a {value.GetType()} as an object. Declare its own type as the result, so that code to write it is generated."),
    };

    // A value without a name is written as its number.
    private static Value OfName(string name) =>
        long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? ResultValue.Of(number)
            : Value.ForString(name);

    private static bool AreNamed(IDictionary members) => members.Keys.Cast<object>().All(static key => key is string);

    private static IEnumerable<KeyValuePair<string, object?>> Named(IDictionary members)
    {
        foreach (DictionaryEntry member in members)
        {
            yield return KeyValuePair.Create((string)member.Key, member.Value);
        }
    }
}
