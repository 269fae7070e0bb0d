using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Binding;

/// <summary>The time that all the pattern checks of a call may take: an array could hold any number of slow texts.</summary>
internal struct PatternBudget
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private TimeSpan _spent;

    /// <summary>Whether all of the text matches; null when it could not be told in time.</summary>
    public bool? IsMatch(string pattern, string text)
    {
        if (_spent >= Limit)
        {
            return null;
        }

        Regex regex = PatternCache.Get(pattern);
        long start = Stopwatch.GetTimestamp();
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        finally
        {
            _spent += Stopwatch.GetElapsedTime(start);
        }
    }
}
