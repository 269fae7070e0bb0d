using System.Collections.Generic;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>Which letters are the same where case does not matter, in the invariant culture.</summary>
internal static class LetterCase
{
    private const char KelvinSign = '\u212a';

    /// <summary>The letters that differ from the character in case only.</summary>
    public static IEnumerable<char> OthersOf(char c)
    {
        var other = char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c);
        if (c > '~')
        {
            // Beyond ASCII the tables of .NET change from version to version.
            return other == c ? [] : throw new NotInEcmaException("letters beyond ASCII without regard to case");
        }

        return other == c ? [] : char.ToLowerInvariant(c) == 'k' ? [other, KelvinSign] : [other];
    }
}
