using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

/// <summary>Tells of values in error texts, briefly and without what could break a line or a terminal.</summary>
internal static class ValueText
{
    private const int MaxLength = 40;
    private const int MaxListed = 20;

    /// <summary>What came: <c>12</c> where a number was expected, <c>the string "12 EUR"</c> where it was not a string.</summary>
    public static string Describe(Value value, Value.KindOneofCase expected) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue when expected == Value.KindOneofCase.StringValue => Quote(value.StringValue),
        Value.KindOneofCase.StringValue => "the string " + Quote(value.StringValue),
        Value.KindOneofCase.NumberValue when expected == Value.KindOneofCase.NumberValue => Number(value.NumberValue),
        Value.KindOneofCase.NumberValue => "the number " + Number(value.NumberValue),
        Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        Value.KindOneofCase.ListValue => "an array",
        Value.KindOneofCase.StructValue => "an object",
        _ => "null",
    };

    /// <summary>The texts in quotes, at most as many as a reader can use.</summary>
    public static string List(ReadOnlySpan<string> values)
    {
        var list = new StringBuilder();
        for (int i = 0; i < values.Length && i < MaxListed; i++)
        {
            list.Append(i == 0 ? "" : ", ").Append(Quote(values[i]));
        }

        return AppendRest(list, values.Length);
    }

    /// <summary>The numbers, at most as many as a reader can use.</summary>
    public static string List<T>(ReadOnlySpan<T> values)
        where T : struct, IFormattable
    {
        var list = new StringBuilder();
        for (int i = 0; i < values.Length && i < MaxListed; i++)
        {
            list.Append(i == 0 ? "" : ", ").Append(values[i].ToString(null, CultureInfo.InvariantCulture));
        }

        return AppendRest(list, values.Length);
    }

    /// <summary>The text in quotes, cut when it is long, with everything escaped that does not show.</summary>
    public static string Quote(string text)
    {
        int length = text.Length <= MaxLength ? text.Length : CutAt(text);
        var quoted = new StringBuilder(length + 3).Append('"');
        for (int i = 0; i < length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < length && char.IsLowSurrogate(text[i + 1]))
            {
                quoted.Append(c).Append(text[++i]);
            }
            else
            {
                AppendEscaped(quoted, c);
            }
        }

        return quoted.Append(length < text.Length ? "…\"" : "\"").ToString();
    }

    /// <summary><c>1 to 80 characters</c>, <c>at least 2 items</c>, <c>exactly 1 character</c> …</summary>
    public static string Length(int minimum, int maximum, string unit)
    {
        string amount = minimum == maximum ? $"exactly {minimum}"
            : minimum == 0 ? $"at most {maximum}"
            : maximum == int.MaxValue ? $"at least {minimum}"
            : $"{minimum} to {maximum}";
        int last = maximum == int.MaxValue ? minimum : maximum;
        return $"{amount} {unit}{(last == 1 ? "" : "s")}";
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static int CutAt(string text) => char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;

    private static string AppendRest(StringBuilder list, int count) => count <= MaxListed
        ? list.ToString()
        : list.Append(CultureInfo.InvariantCulture, $" … and {count - MaxListed} more").ToString();

    private static void AppendEscaped(StringBuilder quoted, char c)
    {
        switch (c)
        {
            case '"' or '\\':
                quoted.Append('\\').Append(c);
                break;
            case '\n':
                quoted.Append("\\n");
                break;
            case '\r':
                quoted.Append("\\r");
                break;
            case '\t':
                quoted.Append("\\t");
                break;
            // Line separators and the marks that turn the writing direction would garble the text around them.
            case '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'):
            case var _ when char.IsControl(c) || char.IsSurrogate(c):
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                break;
            default:
                quoted.Append(c);
                break;
        }
    }
}
