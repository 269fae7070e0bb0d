namespace Orchestra.Sdk.Binding;

/// <content>
/// Reads without bounds, or with bounds alone. Overloads and no optional parameters: a library that was built with an older package calls
/// the very method that it was compiled for.
/// </content>
public readonly partial struct Argument
{
    /// <summary>Reads a string.</summary>
    /// <returns>The string.</returns>
    public string ReadString() => ReadString(0, int.MaxValue);

    /// <summary>Reads a string of some length.</summary>
    /// <param name="minLength">The fewest characters (Unicode code points, as JSON Schema counts).</param>
    /// <param name="maxLength">The most characters.</param>
    /// <returns>The string.</returns>
    public string ReadString(int minLength, int maxLength) => ReadString(
        minLength, maxLength, pattern: null, allowed: default, denied: default, TextForm.Any, notBlank: false);

    /// <summary>Reads bytes, which travel as base64.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ReadBytes() => ReadBytes(0, int.MaxValue);

    /// <summary>Reads an array.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <returns>The items.</returns>
    public T[] ReadArray<T>(Func<Argument, T> readItem) => ReadArray(readItem, 0, int.MaxValue);

    /// <summary>Reads an array as a list.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <returns>The items.</returns>
    public List<T> ReadList<T>(Func<Argument, T> readItem) => ReadList(readItem, 0, int.MaxValue);

    /// <summary>Reads an array as a set; that an item comes twice is a fault.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <returns>The items.</returns>
    public HashSet<T> ReadSet<T>(Func<Argument, T> readItem) => ReadSet(readItem, 0, int.MaxValue);

    /// <summary>Reads an object as a dictionary.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="readValue">Reads a value.</param>
    /// <returns>The values by their names.</returns>
    public Dictionary<string, T> ReadDictionary<T>(Func<Argument, T> readValue) => ReadDictionary(readValue, 0, int.MaxValue);
}
