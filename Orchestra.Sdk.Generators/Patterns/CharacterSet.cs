using System;
using System.Collections.Generic;
using System.Linq;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>A set of characters, such as <c>[a-z\d-[aeiou]]</c>.</summary>
internal sealed class CharacterSet
{
    // What the shorthands of .NET mean, in the content of a class; those of ECMA-262 mean less.
    public const string Digits = @"\p{Nd}";
    public const string WordCharacters = @"\p{L}\p{Mn}\p{Nd}\p{Pc}";
    public const string WhiteSpace = @"\t-\r\u0085\p{Z}";

    private readonly List<string> _content = [];
    private readonly List<string> _excluded = [];

    public bool IsNegated { get; set; }

    /// <summary>What is taken out of the set; null for nothing.</summary>
    public CharacterSet? Subtracted { get; set; }

    public static CharacterSet Of(string content, bool isNegated = false)
    {
        var set = new CharacterSet { IsNegated = isNegated };
        set._content.Add(content);
        return set;
    }

    /// <summary>Whether there is one thing in it only.</summary>
    public bool IsSingle => _content.Count == 1 && _excluded.Count == 0;

    /// <summary>Adds what may stand in a class.</summary>
    public void Add(string content) => _content.Add(content);

    /// <summary>Adds all that is not in a class of this content.</summary>
    public void AddAllBut(string content) => _excluded.Add(content);

    /// <summary>Adds the characters from the first to the last.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last.</param>
    /// <param name="ignoreCase">Whether to add those that differ from them in case only.</param>
    public void AddRange(char first, char last, bool ignoreCase = false)
    {
        if (char.IsSurrogate(first) || char.IsSurrogate(last))
        {
            throw new NotInEcmaException("a set of surrogates");
        }

        _content.Add(Range(first, last));
        if (first < '\ud800' && last > '\udfff')
        {
            // In .NET both halves of a character beyond are in it.
            _content.Add(@"\u{10000}-\u{10ffff}");
        }

        for (var c = (int)first; ignoreCase && c <= last; c++)
        {
            _content.AddRange(LetterCase.OthersOf((char)c).Select(other => Range(other, other)));
        }
    }

    /// <summary>As an atom of an ECMA-262 expression.</summary>
    public override string ToString()
    {
        // A class cannot say "all but these, and those": that takes an alternation.
        var parts = _excluded.Select(content => $"[^{content}]").ToList();
        if (_content.Count > 0)
        {
            parts.Add(IsSingle && !IsNegated && _content[0].StartsWith(@"\p{", StringComparison.OrdinalIgnoreCase) && _content[0].IndexOf('}') == _content[0].Length - 1
                ? _content[0]
                : $"[{string.Concat(_content.Distinct())}]");
        }

        var text = !IsNegated ? parts.Count == 1 ? parts[0] : $"(?:{string.Join("|", parts)})"
            : parts.Count > 1 ? $"(?!{string.Join("|", parts)})[^]"
            : parts[0][1] == '^' ? "[" + parts[0].Substring(2)
            : "[^" + parts[0].Substring(1);
        return Subtracted is not null ? $"(?:(?!{Subtracted}){text})"
            : IsNegated && parts.Count > 1 ? $"(?:{text})"
            : text;
    }

    private static string Range(char first, char last) => first == last
        ? EcmaText.InClass(first)
        : EcmaText.InClass(first) + (last - first == 1 ? "" : "-") + EcmaText.InClass(last);
}
