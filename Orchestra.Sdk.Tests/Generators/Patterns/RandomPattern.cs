using System.Text;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Generators.Patterns;

/// <summary>Writes random .NET regular expressions of all constructs, and texts that they may match.</summary>
internal sealed class RandomPattern(Random random)
{
    private static readonly string[] Atoms =
    [
        "a", "b", "K", "k", "ß", "é", "1", "_", " ", "\\n", "\\t", "\\.", ".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\p{L}", "\\P{Lu}", "\\p{Mn}",
        "\\p{IsGreek}", "\\P{IsBasicLatin}", "^", "$", "\\A", "\\z", "\\Z", "\\G", "\\b", "\\B", "\\x41", "\\u0661", "{", "}", "]", "-", "(?#c)", "(?i)",
        "(?-i)", "(?s)", "(?m)", "(?x)", "\\1", "\\2", "\\k<n>",
    ];

    private static readonly string[] ClassItems =
        ["a", "b-k", "A-Z", "_", "-", "\\-", "^", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\p{Ll}", "\\P{L}", "\\p{IsCyrillic}", ".", "\\n", "0-9", "é", "\\]"];

    private static readonly string[] Openings =
        ["(", "(?:", "(?<n>", "(?'m'", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?s-i:", "(?m:", "(?n:", "(?x:"];

    private static readonly string[] Quantifiers = ["*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?", "??", "{1,2}?"];

    private static readonly string[] Characters =
    [
        "a", "a", "b", "b", "k", "K", "\u212a", "A", "Z", "z", "ß", "é", "É", "e\u0301", "1", "\u0661", "_", "\u203f", " ", "\u00a0", "\u0085", "\ufeff", "\n",
        "\n", "\r", "\u2028", "\t", ".", "-", "^", "]", "{", "}", "α", "Ω", "я", "\u200d", "\u0903",
    ];

    /// <summary>One that .NET takes.</summary>
    public string Next()
    {
        while (true)
        {
            var pattern = Alternatives(depth: 0);
            try
            {
                _ = new Regex(pattern);
                return pattern;
            }
            catch (ArgumentException)
            {
                // A reference to a group that is not there, or a range in the wrong order.
            }
        }
    }

    public string Text() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Of(Characters)));

    private string Alternatives(int depth) =>
        string.Join('|', Enumerable.Range(0, random.Next(5) == 0 ? 2 : 1).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Item(depth)))));

    private string Item(int depth)
    {
        var atom = random.Next(10) switch
        {
            0 or 1 when depth < 3 => Of(Openings) + Alternatives(depth + 1) + ")",
            2 or 3 => Class(depth: 0),
            _ => Of(Atoms),
        };
        return random.Next(3) == 0 ? atom + Of(Quantifiers) : atom;
    }

    private string Class(int depth)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "[^" : "[");
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            text.Append(Of(ClassItems));
        }

        return text.Append(depth < 2 && random.Next(5) == 0 ? "-" + Class(depth + 1) : "").Append(']').ToString();
    }

    private string Of(string[] choices) => choices[random.Next(choices.Length)];
}
