using System.ComponentModel;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// Fills collections that generated code cannot make of their items. Their hashes are those of .NET, of which many are fixed: items that
/// a peer made to collide are refused.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Collections
{
    /// <summary>Fills a new collection.</summary>
    /// <typeparam name="TCollection">The type of the collection.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="collection">The collection.</param>
    /// <param name="items">What is to be in it.</param>
    /// <returns>The collection.</returns>
    public static TCollection Filled<TCollection, T>(TCollection collection, IEnumerable<T> items)
        where TCollection : ICollection<T>
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(items);
        if (items is HashSet<T> set)
        {
            Checked(set);
            (collection as HashSet<T>)?.EnsureCapacity(HashCost.Capacity(set.Count));
        }

        foreach (T item in items)
        {
            collection.Add(item);
        }

        return collection;
    }

    /// <summary>Fills a new dictionary.</summary>
    /// <typeparam name="TCollection">The type of the dictionary.</typeparam>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="collection">The dictionary.</param>
    /// <param name="items">What is to be in it.</param>
    /// <returns>The dictionary.</returns>
    /// <exception cref="ArgumentException">Too many keys have the same hash.</exception>
    public static TCollection Filled<TCollection, TKey, T>(TCollection collection, Dictionary<TKey, T> items)
        where TCollection : ICollection<KeyValuePair<TKey, T>>
        where TKey : notnull
    {
        Checked(items);
        (collection as Dictionary<TKey, T>)?.EnsureCapacity(HashCost.Capacity(items.Count));
        return Filled<TCollection, KeyValuePair<TKey, T>>(collection, items);
    }

    /// <summary>Items for a set that is made of them.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <returns><paramref name="items"/>.</returns>
    /// <exception cref="ArgumentException">Too many of them have the same hash.</exception>
    public static HashSet<T> Checked<T>(HashSet<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        HashCost.Check(items, items.Count);
        return items;
    }

    /// <summary>Members for a dictionary that is made of them.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="items">The members.</param>
    /// <returns><paramref name="items"/>.</returns>
    /// <exception cref="ArgumentException">Too many keys have the same hash.</exception>
    public static Dictionary<TKey, T> Checked<TKey, T>(Dictionary<TKey, T> items)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(items);
        HashCost.Check(items.Keys, items.Count);
        return items;
    }

    /// <summary>Puts items in the place of those that a collection has.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="collection">The collection of a member that cannot be set.</param>
    /// <param name="items">What is to be in it.</param>
    /// <exception cref="ArgumentException">There is no collection, or it takes no items.</exception>
    public static void Fill<T>(ICollection<T>? collection, IEnumerable<T> items) => Filled(Emptied(collection), items);

    /// <summary>Puts members in the place of those that a dictionary has.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="collection">The dictionary of a member that cannot be set.</param>
    /// <param name="items">What is to be in it.</param>
    /// <exception cref="ArgumentException">There is no dictionary, it takes no items, or too many keys have the same hash.</exception>
    public static void Fill<TKey, T>(ICollection<KeyValuePair<TKey, T>>? collection, Dictionary<TKey, T> items)
        where TKey : notnull =>
        Filled<ICollection<KeyValuePair<TKey, T>>, TKey, T>(Emptied(collection), items);

    /// <summary>Puts items in the place of those that a queue has.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="queue">The queue of a member that cannot be set.</param>
    /// <param name="items">What is to be in it, the first first.</param>
    public static void Fill<T>(Queue<T> queue, IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(items);
        queue.Clear();
        foreach (T item in items)
        {
            queue.Enqueue(item);
        }
    }

    /// <summary>Puts items in the place of those that a stack has.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="stack">The stack of a member that cannot be set.</param>
    /// <param name="items">What is to be in it, the top first.</param>
    public static void Fill<T>(Stack<T> stack, IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(items);
        stack.Clear();
        foreach (T item in items.Reverse())
        {
            stack.Push(item);
        }
    }

    private static ICollection<T> Emptied<T>(ICollection<T>? collection)
    {
        if (collection is null or { IsReadOnly: true })
        {
            throw new ArgumentException("A collection that cannot be changed was given items.");
        }

        collection.Clear();
        return collection;
    }
}
