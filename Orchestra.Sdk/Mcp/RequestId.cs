using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>What a client names a request by, or wants progress under: a string or an integer, which comes back as what it was.</summary>
/// <param name="Value">The string, or the digits.</param>
/// <param name="IsText">Whether it is a string.</param>
internal readonly record struct RequestId(string Value, bool IsText)
{
    /// <summary>Whether the reader stands on one: a string that is not too long, or a number without fraction and exponent.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out RequestId id)
    {
        id = default;
        if (reader.ValueSpan.Length > RequestParser.MaxIdLength)
        {
            return false;
        }

        try
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                id = new RequestId(reader.GetString()!, IsText: true);
                return true;
            }
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8: it could not be sent back.
            return false;
        }

        if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.ContainsAnyExcept(Integer))
        {
            return false;
        }

        id = new RequestId(Encoding.ASCII.GetString(reader.ValueSpan), IsText: false);
        return true;
    }

    public void Write(Utf8JsonWriter json)
    {
        if (IsText)
        {
            json.WriteStringValue(Value);
        }
        else
        {
            json.WriteRawValue(Value, skipInputValidation: true);
        }
    }

    public override string ToString() => Value;

    private static readonly SearchValues<byte> Integer = SearchValues.Create("-0123456789"u8);
}
