using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Quotes a name that came from a peer for a message: short, on one line, and harmless on a terminal.</summary>
internal static class QuotedName
{
    private const int MaxLength = 200;

    public static string Of(string name)
    {
        var quoted = new StringBuilder(name.Length + 2).Append('"');
        foreach (char c in name.AsSpan(0, Math.Min(name.Length, MaxLength)))
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\').Append(c);
            }
            else if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                quoted.Append(c);
            }
        }

        return quoted.Append(name.Length > MaxLength ? "…\"" : "\"").ToString();
    }
}
