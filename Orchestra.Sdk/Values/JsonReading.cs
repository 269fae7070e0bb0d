using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

/// <summary>Protobuf's values of JSON in UTF-8: the way back of <see cref="JsonBytes"/>.</summary>
internal static class JsonReading
{
    /// <summary>The value that the reader stands on. It stands on the value's last token then.</summary>
    /// <exception cref="JsonException">It is no JSON, or nests deeper than the reader goes.</exception>
    /// <exception cref="InvalidOperationException">A string has half of a surrogate pair.</exception>
    public static Value ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Value.ForString(reader.GetString());
            case JsonTokenType.Number:
                return ReadNumber(ref reader);
            case JsonTokenType.True or JsonTokenType.False:
                return Value.ForBool(reader.GetBoolean());
            case JsonTokenType.StartObject:
                return Value.ForStruct(ReadObject(ref reader));
            case JsonTokenType.StartArray:
                var items = new ListValue();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Values.Add(ReadValue(ref reader));
                }

                return new Value { ListValue = items };
            default:
                return Value.ForNull();
        }
    }

    /// <summary>The object that the reader stands on. Of members with the same name the last one counts.</summary>
    /// <exception cref="JsonException">It is no JSON, or nests deeper than the reader goes.</exception>
    /// <exception cref="InvalidOperationException">A string has half of a surrogate pair.</exception>
    public static Struct ReadObject(ref Utf8JsonReader reader)
    {
        var members = new Struct();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            members.Fields[name] = ReadValue(ref reader);
        }

        return members;
    }

    // What a double does not hold, a long integer or a number beyond its range, comes as its digits, as integers of C# go out.
    private static Value ReadNumber(ref Utf8JsonReader reader)
    {
        string number = Encoding.ASCII.GetString(reader.ValueSpan);
        bool isInteger = !reader.ValueSpan.ContainsAny((byte)'.', (byte)'e', (byte)'E');
        bool isHeld = !isInteger
            || (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) && ExactNumber.IsHeldByDouble(integer));
        double value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return isHeld && double.IsFinite(value) ? Value.ForNumber(value) : Value.ForString(number);
    }
}
