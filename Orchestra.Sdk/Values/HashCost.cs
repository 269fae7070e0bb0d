using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Values;

/// <summary>What it costs to tell items with equal hashes apart, which a peer can choose where .NET's hashes are fixed.</summary>
internal static class HashCost
{
    private const int LeastLimit = 100_000;
    private const int ComparisonsAnItem = 64;

    /// <summary>Whether so many items cost more comparisons than an honest hash would make of them.</summary>
    public static bool IsTooMuch(long comparisons, int items) => comparisons > Math.Max(LeastLimit, (long)ComparisonsAnItem * items);

    /// <summary>Refuses items whose own hashes would make a collection of them quadratic.</summary>
    /// <exception cref="ArgumentException">They would.</exception>
    public static void Check<T>(IEnumerable<T> items, int count)
    {
        if (typeof(T) == typeof(string) || !IsTooMuch((long)count * count / 2, count))
        {
            return;
        }

        long comparisons = 0;
        var counts = new Dictionary<int, int>(count, new SeededComparer<int>());
        foreach (T item in items)
        {
            int hash = item is null ? 0 : EqualityComparer<T>.Default.GetHashCode(item);
            comparisons += CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out _)++;
        }

        if (IsTooMuch(comparisons, count))
        {
            throw new ArgumentException("too many of the items have the same hash to be told apart; send fewer");
        }
    }

    /// <summary>Room for so many items, of which nobody can tell how many buckets it makes: items that share one cannot be chosen.</summary>
    public static int Capacity(int count) => count + Random.Shared.Next(count + 1);
}
