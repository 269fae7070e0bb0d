using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

/// <summary>Arrays and objects that stand in a string of JSON.</summary>
internal static class JsonText
{
    // The parser counts the value and the list or object in it.
    private static readonly JsonParser Parser = new(new JsonParser.Settings(recursionLimit: 2 * Nesting.MaxLevels));

    /// <summary>An object written as JSON.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is none, or nests deeper than a peer reads.</exception>
    public static Struct ParseObject(string text) => Parser.Parse<Struct>(text);

    public static bool TryParseArray(string text, out ListValue? array) => TryParse(text, '[', out array);

    public static bool TryParseObject(string text, [NotNullWhen(true)] out Struct? members) => TryParse(text, '{', out members);

    private static bool TryParse<T>(string text, char start, [NotNullWhen(true)] out T? value)
        where T : class, IMessage, new()
    {
        value = null;
        if (!text.AsSpan().TrimStart().StartsWith(start))
        {
            return false;
        }

        try
        {
            value = Parser.Parse<T>(text);
            return true;
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException)
        {
            return false;
        }
    }
}
