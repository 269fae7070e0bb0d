namespace Orchestra.Sdk.Values;

/// <summary>
/// Equality as the type has it, with hashes that a peer cannot make collide. Of a type of the user's only the fixed hash is known,
/// so that what the values of such a type cost to compare is counted.
/// </summary>
internal sealed class SeededComparer<T> : IEqualityComparer<T>
{
    /// <summary>How many values were compared because their hashes were equal.</summary>
    public long Comparisons { get; private set; }

    /// <summary>Whether so many items cost more comparisons than an honest hash would make of them.</summary>
    public bool IsOverworked(int items) => HashCost.IsTooMuch(Comparisons, items);

    public bool Equals(T? x, T? y)
    {
        Comparisons++;
        return EqualityComparer<T>.Default.Equals(x, y);
    }

    public int GetHashCode(T obj) => obj switch
    {
        double number => SeededHash.Of(number),
        decimal number => SeededHash.Of(number),
        long number => SeededHash.Of(number),
        ulong number => SeededHash.Of(number),
        Int128 number => SeededHash.Of(number),
        UInt128 number => SeededHash.Of(number),
        Guid id => SeededHash.Of(id),
        DateTime time => SeededHash.Of(time.Ticks),
        DateTimeOffset time => SeededHash.Of(time.UtcTicks),
        TimeOnly time => SeededHash.Of(time.Ticks),
        TimeSpan duration => SeededHash.Of(duration.Ticks),
        null => 0,
        _ => SeededHash.Of(EqualityComparer<T>.Default.GetHashCode(obj)),
    };

    // Sets with it are compared with one another as those with the default comparer are.
    public override bool Equals(object? obj) => obj is SeededComparer<T>;

    public override int GetHashCode() => typeof(T).GetHashCode();
}
