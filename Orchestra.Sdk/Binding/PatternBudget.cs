namespace Orchestra.Sdk.Binding;

/// <summary>The time that all the pattern checks of a call may take: an array could hold any number of slow texts.</summary>
internal struct PatternBudget
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>When the peer has used up what all its calls have together.</summary>
    private static readonly TimeSpan HurriedLimit = TimeSpan.FromMilliseconds(10);

    private TimeSpan _spent;

    /// <summary>Whether all of the text matches; null when it could not be told in time.</summary>
    public bool? IsMatch(TextPattern pattern, string text, PatternAllowance? allowance)
    {
        bool isHurried = allowance is { IsSpent: true };
        if (_spent >= (isHurried ? HurriedLimit : Limit))
        {
            return null;
        }

        TimeProvider time = allowance?.TimeProvider ?? TimeProvider.System;
        long start = time.GetTimestamp();
        bool? isMatch = pattern.IsMatch(text, isHurried);
        TimeSpan taken = time.GetElapsedTime(start);
        _spent += taken;
        allowance?.Spend(taken);
        return isMatch;
    }
}
