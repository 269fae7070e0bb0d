using System.Text;
using Orchestra.Sdk.Logging;

namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// A name that came from a peer, for a message: short, on one line, and harmless on a terminal. However long the name, no more of it is
/// looked at than is shown.
/// </summary>
internal static class QuotedName
{
    private const int MaxLength = 200;

    /// <summary>The name in quotation marks.</summary>
    public static string Of(string name)
    {
        ReadOnlySpan<char> rest = Cut(name);
        var quoted = new StringBuilder(rest.Length + 2).Append('"');
        while (!rest.IsEmpty)
        {
            if (rest[0] is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.AppendFirst(rest, out int length);
            rest = rest[length..];
        }

        return quoted.Append(name.Length > MaxLength ? "…\"" : "\"").ToString();
    }

    /// <summary>The name as it is, for what is mostly a plain id.</summary>
    public static string Bare(string id)
    {
        if (id.Length <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return id;
        }

        ReadOnlySpan<char> shown = Cut(id);
        var text = new StringBuilder(shown.Length).AppendEscaped(shown, int.MaxValue);
        return text.Append(id.Length > MaxLength ? "…" : "").ToString();
    }

    private static ReadOnlySpan<char> Cut(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        // Not through a character of two.
        return name.AsSpan(0, char.IsHighSurrogate(name[MaxLength - 1]) ? MaxLength - 1 : MaxLength);
    }
}
