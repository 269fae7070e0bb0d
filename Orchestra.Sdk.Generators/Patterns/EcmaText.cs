using System.Globalization;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>Characters as ECMA-262 wants them written in an expression with the flag <c>u</c>.</summary>
internal static class EcmaText
{
    public static string InClass(char c) => Escaped(c, @"\]^[-");

    public static string OutsideClass(char c) => Escaped(c, @"\^$.*+?()[]{}|");

    private static string Escaped(char c, string syntax) => c switch
    {
        '\t' => @"\t",
        '\n' => @"\n",
        '\v' => @"\v",
        '\f' => @"\f",
        '\r' => @"\r",
        _ when syntax.IndexOf(c) >= 0 => "\\" + c,
        _ when char.IsControl(c) || (c > '~' && (char.IsSeparator(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format)) =>
            "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
        _ => c.ToString(),
    };
}
