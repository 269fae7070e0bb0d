using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>Fills collections that generated code cannot make of their items.</summary>
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
        foreach (T item in items)
        {
            collection.Add(item);
        }

        return collection;
    }

    /// <summary>Puts items in the place of those that a collection has.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="collection">The collection of a member that cannot be set.</param>
    /// <param name="items">What is to be in it.</param>
    /// <exception cref="ArgumentException">There is no collection, or it takes no items.</exception>
    public static void Fill<T>(ICollection<T>? collection, IEnumerable<T> items)
    {
        if (collection is null or { IsReadOnly: true })
        {
            throw new ArgumentException("A collection that cannot be changed was given items.");
        }

        collection.Clear();
        Filled(collection, items);
    }

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
}
