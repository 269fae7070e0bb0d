using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Binding;

/// <summary>One <see cref="Regex"/> a pattern. The patterns are constants of generated code, so there are only so many.</summary>
internal static class PatternCache
{
    /// <summary>How long one match may take, because a pattern may take ages over a text made for it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>A regex that matches the whole text or nothing.</summary>
    public static Regex Get(string pattern) => Patterns.GetOrAdd(
        pattern, static pattern => new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, Timeout));
}
