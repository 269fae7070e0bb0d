using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads a string.</summary>
    /// <param name="minLength">The fewest characters (Unicode code points, as JSON Schema counts).</param>
    /// <param name="maxLength">The most characters.</param>
    /// <param name="pattern">A regular expression that all of the string must match; <see langword="null"/> for any.</param>
    /// <param name="allowed">When not empty, the only strings that are taken.</param>
    /// <param name="denied">Strings that are refused.</param>
    /// <param name="form">The form that the string has.</param>
    /// <param name="notBlank">Whether it must have a character that is no white space.</param>
    /// <returns>The string.</returns>
    public string ReadString(
        int minLength,
        int maxLength,
        TextPattern? pattern,
        ReadOnlySpan<string> allowed,
        ReadOnlySpan<string> denied,
        TextForm form,
        bool notBlank)
    {
        if (!TryReadText("a string", out string text) || !HasLength(text, minLength, maxLength))
        {
            return default!;
        }

        if (!allowed.IsEmpty && !allowed.Contains(text))
        {
            FaultOneOf(allowed);
        }
        else if (denied.Contains(text))
        {
            Fault($"expected any string except {ValueText.List(denied)}, got {ValueText.Quote(text)}");
        }
        else if (notBlank && string.IsNullOrWhiteSpace(text))
        {
            Fault($"expected a string that is not blank, got {ValueText.Quote(text)}");
        }
        else if (!form.IsFormOf(text))
        {
            Fault($"expected {form.Describe()}, got {ValueText.Quote(text)}");
        }
        else if (pattern is null || Matches(text, pattern))
        {
            return text;
        }

        return default!;
    }

    /// <summary>Reads a string of exactly one UTF-16 unit.</summary>
    /// <returns>The character.</returns>
    public char ReadChar()
    {
        if (!TryReadText("a single character", out string text))
        {
            return default;
        }

        if (text.Length == 1)
        {
            return text[0];
        }

        if (CountCharacters(text) == 1)
        {
            Fault($"expected a character of one UTF-16 unit, got {ValueText.Quote(text)}, which has two");
        }
        else
        {
            Fault($"expected exactly 1 character, got {CountCharacters(text)}");
        }

        return default;
    }

    private bool TryReadText(string expected, out string text)
    {
        if (_value.HasStringValue)
        {
            text = _value.StringValue;
            return true;
        }

        if (!_call.IsStrict && ScalarText.TryGet(_value, out text))
        {
            _call.Tolerate(_name, Tolerance.ScalarForString);
            return true;
        }

        text = "";
        Fault($"expected {expected}, got {Describe(Value.KindOneofCase.StringValue)}");
        return false;
    }

    private bool HasLength(string text, int minLength, int maxLength)
    {
        // A character has one or two units, so that most texts need not be counted.
        if (text.Length <= maxLength && text.Length / 2 >= minLength)
        {
            return true;
        }

        int length = CountCharacters(text);
        if (length >= minLength && length <= maxLength)
        {
            return true;
        }

        Fault($"expected {ValueText.Length(minLength, maxLength, "character")}, got {length}");
        return false;
    }

    private bool Matches(string text, TextPattern pattern)
    {
        switch (_call.IsMatch(pattern, text))
        {
            case true:
                return true;
            case false:
                Fault($"expected a string that matches {pattern} as a whole, got {ValueText.Quote(text)}");
                return false;
            default:
                Fault($"took too long to check against {pattern}, got {ValueText.Quote(text)}; send a simpler string");
                return false;
        }
    }

    private static int CountCharacters(string text)
    {
        int count = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return count;
    }
}
