using System.Text;
using System.Text.Json;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>What a client names a request by, or wants progress under: a string or an integer, which comes back as what it was.</summary>
internal sealed class RequestId
{
    private readonly bool _isText;

    private RequestId(string text, bool isText) => (Text, _isText) = (text, isText);

    /// <summary>The string, or the digits.</summary>
    public string Text { get; }

    /// <summary>What tells it from all others, a string from an integer of the same digits too.</summary>
    public string Key => _isText ? $"\"{Text}" : Text;

    /// <summary>The id that the reader stands on; null where it is no string that can be told and is short, and no integer.</summary>
    public static RequestId? Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > RequestParser.MaxIdLength)
        {
            return null;
        }

        try
        {
            return reader.TokenType switch
            {
                JsonTokenType.String => new RequestId(reader.GetString()!, isText: true),
                JsonTokenType.Number when IsInteger(reader.ValueSpan) => new RequestId(Encoding.ASCII.GetString(reader.ValueSpan), isText: false),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8: it could not be sent back.
            return null;
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        if (_isText)
        {
            json.WriteStringValue(Text);
        }
        else
        {
            json.WriteRawValue(Text, skipInputValidation: true);
        }
    }

    private static bool IsInteger(ReadOnlySpan<byte> number) => !number.ContainsAny((byte)'.', (byte)'e', (byte)'E');
}
