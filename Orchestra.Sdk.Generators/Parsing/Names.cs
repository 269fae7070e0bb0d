using System.Text;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>The names that clients take, and the ones that are made of C# names.</summary>
internal static class Names
{
    private const int MaxLength = 64;

    /// <summary><c>GetHTTPStatusAsync</c> becomes <c>get_http_status</c>.</summary>
    public static string ToToolName(string methodName)
    {
        const string Suffix = "Async";
        var name = methodName.Length > Suffix.Length && methodName.EndsWith(Suffix, System.StringComparison.Ordinal)
            ? methodName.Substring(0, methodName.Length - Suffix.Length)
            : methodName;

        return ToSnakeCase(name);
    }

    /// <summary><c>HTTPStatus</c> becomes <c>http_status</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && StartsWord(name, i) && name[i - 1] != '_')
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }

    /// <summary><c>URLValue</c> becomes <c>urlValue</c>, as with System.Text.Json.</summary>
    public static string ToCamelCase(string name)
    {
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            // The last upper-case letter of a run belongs to the next word.
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]))
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }

    public static bool IsPluginId(string name) => HasForm(name, "._-") && char.IsLetterOrDigit(name[0]);

    public static bool IsToolName(string name) => HasForm(name, "_-");

    public static bool IsArgumentName(string name) => HasForm(name, "_.-");

    // An upper-case letter starts a word after a lower-case letter or digit, and as the last of a run: HTTPStatus is http_status.
    private static bool StartsWord(string name, int index) =>
        index > 0
        && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));

    private static bool HasForm(string name, string others)
    {
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && others.IndexOf(c) < 0)
            {
                return false;
            }
        }

        return name.Length is > 0 and <= MaxLength;
    }
}
