using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

/// <summary>Arrays that came as a string of JSON.</summary>
internal static class JsonText
{
    // A value takes many times the memory of its text.
    private const int MaxLength = 1 << 20;

    private static readonly JsonParser Parser = new(new JsonParser.Settings(recursionLimit: 64));

    public static bool TryParseArray(string text, out ListValue? array)
    {
        array = null;
        if (text.Length > MaxLength || !text.AsSpan().TrimStart().StartsWith('['))
        {
            return false;
        }

        try
        {
            array = Parser.Parse<ListValue>(text);
            return true;
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException)
        {
            return false;
        }
    }
}
