namespace Orchestra.Sdk.Values;

/// <summary>Checks of options that are durations.</summary>
internal static class Durations
{
    /// <summary>The value itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
