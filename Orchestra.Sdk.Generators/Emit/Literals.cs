using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>C# literals.</summary>
internal static class Literals
{
    public static string Of(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(ulong value) => value.ToString(CultureInfo.InvariantCulture) + "UL";

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A string each of whose characters stands for one byte.</summary>
    public static string OfBytes(byte[] bytes)
    {
        const string Digits = "0123456789abcdef";
        var literal = new StringBuilder((bytes.Length * 3) + 2).Append('"');
        foreach (var b in bytes)
        {
            _ = b switch
            {
                (byte)'"' or (byte)'\\' => literal.Append('\\').Append((char)b),
                >= 0x20 and < 0x7F => literal.Append((char)b),
                (byte)'\n' => literal.Append("\\n"),
                (byte)'\b' => literal.Append("\\b"),
                (byte)'\t' => literal.Append("\\t"),
                0 => literal.Append("\\0"),
                _ => literal.Append("\\u00").Append(Digits[b >> 4]).Append(Digits[b & 15]),
            };
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A number of the type, from the text that also stands in the schema.</summary>
    public static string Of(string number, ScalarKind kind) => kind switch
    {
        ScalarKind.UInt32 => number + "u",
        ScalarKind.Int64 => number + "L",
        ScalarKind.UInt64 => number + "UL",
        ScalarKind.Single => number + "f",
        ScalarKind.Double => number + "d",
        ScalarKind.Decimal => number + "m",
        ScalarKind.Half => $"(global::System.Half)({number}d)",
        _ => number,
    };
}
