using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>Names that clients take, as near as possible to names that they do not take.</summary>
internal static class ValidNames
{
    private const int MaxLength = 64;

    /// <summary>The name with everything but ASCII letters, digits and some other characters replaced.</summary>
    /// <param name="name">The name.</param>
    /// <param name="others">Which characters may be in it too; the first is put for all that may not.</param>
    /// <param name="fallback">The answer where nothing of the name is left.</param>
    public static string Nearest(string name, string others, string fallback)
    {
        var result = new StringBuilder(name.Length);
        foreach (var c in string.Concat(name.Normalize(NormalizationForm.FormC).Select(ToAscii)))
        {
            if (IsAsciiLetterOrDigit(c) || others.IndexOf(c) >= 0)
            {
                result.Append(c);
            }
            else if (result.Length > 0 && result[result.Length - 1] != others[0])
            {
                result.Append(others[0]);
            }
        }

        var nearest = Shorten(result.ToString(), MaxLength).Trim(others.ToCharArray());
        return nearest.Length > 0 ? nearest : fallback;
    }

    /// <summary>
    /// A name for each: a valid name stays with the first who has it, and all others get the nearest that nobody has.
    /// </summary>
    /// <param name="names">What each is called, and what it would be called by default, in the order of declaration.</param>
    /// <param name="isValid">Whether clients take a name.</param>
    /// <param name="others">As in <see cref="Nearest"/>.</param>
    /// <param name="comparer">Which names are the same.</param>
    public static string[] Distinct(
        IReadOnlyList<(string Name, string Default)> names, Func<string, bool> isValid, string others, IEqualityComparer<string> comparer)
    {
        var result = new string?[names.Count];
        var taken = new HashSet<string>(comparer);
        for (var i = 0; i < names.Count; i++)
        {
            if (isValid(names[i].Name) && taken.Add(names[i].Name))
            {
                result[i] = names[i].Name;
            }
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (result[i] is null)
            {
                result[i] = Free(names[i].Name, names[i].Default, others, taken);
                taken.Add(result[i]!);
            }
        }

        return result!;
    }

    private static string Free(string name, string defaultName, string others, HashSet<string> taken)
    {
        var nearest = Nearest(name, others, Nearest(defaultName, others, "unnamed"));
        var nearestDefault = Nearest(defaultName, others, nearest);
        foreach (var candidate in new[] { nearest, nearestDefault })
        {
            if (!taken.Contains(candidate))
            {
                return candidate;
            }
        }

        for (var number = 2; ; number++)
        {
            var suffix = others[0] + number.ToString(CultureInfo.InvariantCulture);
            var candidate = Shorten(nearest, MaxLength - suffix.Length) + suffix;
            if (!taken.Contains(candidate))
            {
                return candidate;
            }
        }
    }

    private static string Shorten(string name, int length) => name.Length <= length ? name : name.Substring(0, length);

    private static bool IsAsciiLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    // What is usual in the languages that have these letters; of all others the accent is dropped.
    private static string ToAscii(char c) => c switch
    {
        'ä' or 'æ' => "ae",
        'ö' or 'œ' or 'ø' => "oe",
        'ü' => "ue",
        'Ä' or 'Æ' => "Ae",
        'Ö' or 'Œ' or 'Ø' => "Oe",
        'Ü' => "Ue",
        'ß' => "ss",
        'ł' => "l",
        'Ł' => "L",
        _ => c < 0x80 || char.IsSurrogate(c) ? c.ToString() : WithoutAccent(c),
    };

    private static string WithoutAccent(char c)
    {
        var letter = c.ToString().Normalize(NormalizationForm.FormD)[0];
        return (IsAsciiLetterOrDigit(letter) ? letter : c).ToString();
    }
}
