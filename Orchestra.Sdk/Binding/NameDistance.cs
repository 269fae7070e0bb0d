namespace Orchestra.Sdk.Binding;

/// <summary>
/// Finds the name that was meant: the Damerau–Levenshtein distance (optimal string alignment), regardless of case.
/// </summary>
internal static class NameDistance
{
    // No name of a schema is longer, and what a peer sends is not worth more work.
    private const int MaxLength = 64;

    /// <summary>The name nearest to <paramref name="given"/>, or null when none is near enough to be a slip of the pen.</summary>
    public static string? FindNearest(string given, ReadOnlySpan<string> names)
    {
        string? nearest = null;
        int best = int.MaxValue;
        foreach (string name in names)
        {
            int longer = Math.Max(name.Length, given.Length);
            if (longer > MaxLength)
            {
                continue;
            }

            // A third of the letters, and never more than three; a name of two letters must have both of them.
            int threshold = Math.Min(longer / 3, Math.Min(3, best - 1));
            if (Math.Abs(name.Length - given.Length) <= threshold)
            {
                int distance = Measure(given, name);
                if (distance <= threshold)
                {
                    (best, nearest) = (distance, name);
                }
            }
        }

        return nearest;
    }

    /// <summary>How many letters were inserted, left out, replaced or swapped with their neighbor.</summary>
    internal static int Measure(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<int> rows = stackalloc int[3 * (MaxLength + 1)];
        Span<int> beforeLast = rows[..(MaxLength + 1)];
        Span<int> last = rows.Slice(MaxLength + 1, MaxLength + 1);
        Span<int> current = rows[(2 * (MaxLength + 1))..];
        for (int j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = IsSame(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && IsSame(left[i - 1], right[j - 2]) && IsSame(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            Span<int> free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }

        return last[right.Length];
    }

    private static bool IsSame(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
