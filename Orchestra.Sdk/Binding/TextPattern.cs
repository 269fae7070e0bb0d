using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// A regular expression that all of a text must match. Strings convert to it; only where one does, the published binary holds the
/// engine of regular expressions.
/// </summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TextPattern
{
    private protected TextPattern()
    {
    }

    /// <summary>Makes a pattern of an expression, or finds the one that was made of it before.</summary>
    /// <param name="expression">The expression, a constant of generated code.</param>
    public static implicit operator TextPattern(string expression) => RegexPattern.Of(expression);

    /// <summary>Whether all of the text matches; null when it took too long to tell.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isHurried">Whether there is no time for what takes long.</param>
    internal abstract bool? IsMatch(string text, bool isHurried);

    private sealed class RegexPattern : TextPattern
    {
        // One match, because a pattern may take ages over a text made for it.
        private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

        // The expressions are constants of generated code, so there are only so many.
        private static readonly ConcurrentDictionary<string, RegexPattern> Patterns = new(StringComparer.Ordinal);

        private static readonly TimeSpan HurriedTimeout = TimeSpan.FromMilliseconds(10);

        private readonly string _expression;
        private readonly Regex _regex;

        // Nobody needs it unless a peer makes others wait.
        private Regex? _hurried;

        private RegexPattern(string expression)
        {
            _expression = expression;
            _regex = Create(Timeout);
        }

        public static RegexPattern Of(string expression) =>
            Patterns.GetOrAdd(expression, static expression => new RegexPattern(expression));

        public override string ToString() => _expression;

        internal override bool? IsMatch(string text, bool isHurried)
        {
            try
            {
                return (isHurried ? _hurried ??= Create(HurriedTimeout) : _regex).IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                return null;
            }
        }

        private Regex Create(TimeSpan timeout) => new($@"\A(?:{_expression})\z", RegexOptions.CultureInvariant, timeout);
    }
}
