using System.Diagnostics;

namespace Orchestra.Sdk.Binding;

/// <summary>The time that all the pattern checks of a call may take: an array could hold any number of slow texts.</summary>
internal struct PatternBudget
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private TimeSpan _spent;

    /// <summary>Whether all of the text matches; null when it could not be told in time.</summary>
    public bool? IsMatch(TextPattern pattern, string text)
    {
        if (_spent >= Limit)
        {
            return null;
        }

        long start = Stopwatch.GetTimestamp();
        bool? isMatch = pattern.IsMatch(text);
        _spent += Stopwatch.GetElapsedTime(start);
        return isMatch;
    }
}
