using System.Globalization;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads a string from which a type makes a value itself.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The value, or a dummy with the fault noted.</returns>
    public T ReadParsable<T>()
        where T : IParsable<T>
    {
        if (!TryReadText("a string", out string text))
        {
            return default!;
        }

        try
        {
            return T.Parse(text, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            Fault($"expected a text in the form that its type takes, got {ValueText.Quote(text)}: {exception.Message.ReplaceLineEndings(" ")}");
            return default!;
        }
    }
}
