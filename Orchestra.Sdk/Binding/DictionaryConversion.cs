using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// Makes other dictionaries of one that was read. They keep its comparer, whose hashes a peer cannot make collide. Called by generated
/// code.
/// </summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DictionaryConversion
{
    /// <summary>Makes an immutable dictionary.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="members">What was read.</param>
    /// <returns>A dictionary of the same members.</returns>
    public static ImmutableDictionary<TKey, T> ToImmutable<TKey, T>(Dictionary<TKey, T> members)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(members);
        return ImmutableDictionary.CreateRange(members.Comparer, members);
    }

    /// <summary>Makes a frozen dictionary.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="members">What was read.</param>
    /// <returns>A dictionary of the same members.</returns>
    public static FrozenDictionary<TKey, T> ToFrozen<TKey, T>(Dictionary<TKey, T> members)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(members);
        return members.ToFrozenDictionary(members.Comparer);
    }

    /// <summary>Makes an ordered dictionary.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="members">What was read.</param>
    /// <returns>A dictionary of the same members.</returns>
    public static OrderedDictionary<TKey, T> ToOrdered<TKey, T>(Dictionary<TKey, T> members)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(members);
        return new OrderedDictionary<TKey, T>(members, members.Comparer);
    }

    /// <summary>Makes a concurrent dictionary.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="members">What was read.</param>
    /// <returns>A dictionary of the same members.</returns>
    public static ConcurrentDictionary<TKey, T> ToConcurrent<TKey, T>(Dictionary<TKey, T> members)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(members);
        return new ConcurrentDictionary<TKey, T>(members, members.Comparer);
    }
}
