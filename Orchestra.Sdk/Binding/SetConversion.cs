using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// Makes other sets of one that was read. They keep its comparer, whose hashes a peer cannot make collide. Called by generated code.
/// </summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SetConversion
{
    /// <summary>Makes an immutable set.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="set">What <see cref="Argument.ReadSet{T}(Func{Argument, T}, int, int)"/> gave.</param>
    /// <returns>A set of the same items.</returns>
    public static ImmutableHashSet<T> ToImmutable<T>(HashSet<T> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return ImmutableHashSet.CreateRange(set.Comparer, set);
    }

    /// <summary>Makes a frozen set.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="set">What <see cref="Argument.ReadSet{T}(Func{Argument, T}, int, int)"/> gave.</param>
    /// <returns>A set of the same items.</returns>
    public static FrozenSet<T> ToFrozen<T>(HashSet<T> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.ToFrozenSet(set.Comparer);
    }
}
