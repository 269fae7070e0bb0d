using System.Globalization;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Composes descriptions.</summary>
internal static class Sentences
{
    /// <summary>The description with a remark after it.</summary>
    public static string Join(string description, string remark)
    {
        if (description.Length == 0 || remark.Length == 0)
        {
            return description + remark;
        }

        var isSentence = description[description.Length - 1] is '.' or '!' or '?';
        return isSentence
            ? $"{description} {char.ToUpperInvariant(remark[0])}{remark.Substring(1)}."
            : $"{description} ({remark})";
    }

    public static string Lengths(int minimum, int? maximum) => string.Format(
        CultureInfo.InvariantCulture,
        maximum is null ? "at least {0} characters" : minimum == 0 ? "at most {1} characters" : "{0} to {1} characters",
        minimum,
        maximum);
}
