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

    /// <summary>The value itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below the least or above the most.</exception>
    public static TimeSpan InRange(TimeSpan value, TimeSpan least, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
