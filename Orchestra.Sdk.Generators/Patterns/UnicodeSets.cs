using System;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>What <c>\p{…}</c> may name: categories, which ECMA-262 knows by the same names, and blocks, which it does not.</summary>
internal static class UnicodeSets
{
    private static readonly string[] Categories =
        "C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs".Split(' ');

    // There are only so many.
    private static readonly ConcurrentDictionary<string, (char First, char Last)> Blocks = new();

    /// <summary>Adds the named characters, or all others.</summary>
    public static void Add(CharacterSet set, string name, bool isNegated, bool ignoreCase)
    {
        if (Array.IndexOf(Categories, name) < 0)
        {
            AddBlock(set, name, isNegated, ignoreCase);
        }
        else if (ignoreCase && name is "Lu" or "Ll" or "Lt")
        {
            AddContent(set, @"\p{Lu}\p{Ll}\p{Lt}", isNegated);
        }
        else
        {
            set.Add($@"\{(isNegated ? 'P' : 'p')}{{{name}}}");
        }
    }

    private static void AddBlock(CharacterSet set, string name, bool isNegated, bool ignoreCase)
    {
        if (ignoreCase && isNegated)
        {
            throw new NotInEcmaException("a block of characters without regard to case");
        }

        var (first, last) = Blocks.GetOrAdd(name, Block);
        var range = new CharacterSet();
        range.AddRange(first, last, ignoreCase);
        var content = range.ToString();
        AddContent(set, content.Substring(1, content.Length - 2), isNegated);
    }

    /// <summary>A block is one range, and .NET has the only table of its blocks.</summary>
    private static (char First, char Last) Block(string name)
    {
        var block = new Regex($@"\p{{{name}}}");
        var (first, last) = (0, (int)char.MaxValue);
        while (first < last && !block.IsMatch(((char)first).ToString()))
        {
            first++;
        }

        while (last > first && !block.IsMatch(((char)last).ToString()))
        {
            last--;
        }

        return ((char)first, (char)last);
    }

    private static void AddContent(CharacterSet set, string content, bool isNegated)
    {
        if (isNegated)
        {
            set.AddAllBut(content);
        }
        else
        {
            set.Add(content);
        }
    }
}
