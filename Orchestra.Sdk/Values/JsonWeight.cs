using System.Text.Json;

namespace Orchestra.Sdk.Values;

/// <summary>How much memory the values of JSON take, told before they are made: two bytes can become two hundred.</summary>
internal static class JsonWeight
{
    private const int Scalar = 64;
    private const int Text = 88;
    private const int Member = 176;
    private const int Object = 224;
    private const int Array = 192;

    /// <summary>About as many bytes as <see cref="JsonReading"/> will allocate for the JSON.</summary>
    /// <exception cref="JsonException">It is no JSON, or nests deeper than the options say.</exception>
    public static long Of(ReadOnlySpan<byte> json, JsonReaderOptions options)
    {
        long bytes = 0;
        var reader = new Utf8JsonReader(json, options);
        while (reader.Read())
        {
            bytes += reader.TokenType switch
            {
                JsonTokenType.PropertyName => Member + (2L * reader.ValueSpan.Length),
                JsonTokenType.String or JsonTokenType.Number => Text + (2L * reader.ValueSpan.Length),
                JsonTokenType.StartObject => Object,
                JsonTokenType.StartArray => Array,
                JsonTokenType.EndObject or JsonTokenType.EndArray => 0,
                _ => Scalar,
            };
        }

        return bytes;
    }
}
