using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads an array.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <param name="minLength">The fewest items.</param>
    /// <param name="maxLength">The most items.</param>
    /// <returns>The items.</returns>
    public T[] ReadArray<T>(Func<Argument, T> readItem, int minLength, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(readItem);
        if (!TryReadItems(minLength, maxLength, takesOne: true, out RepeatedField<Value> values))
        {
            return [];
        }

        T[] items = values.Count == 0 ? [] : new T[values.Count];
        long first = _call.Faults.Total;
        for (int i = 0; i < items.Length && GoesOn(items.Length - i); i++)
        {
            items[i] = readItem(new Argument(_call, i, values[i]));
        }

        EndItems(values, first);
        return items;
    }

    /// <summary>Reads an array into a list.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <param name="minLength">The fewest items.</param>
    /// <param name="maxLength">The most items.</param>
    /// <returns>The items.</returns>
    public List<T> ReadList<T>(Func<Argument, T> readItem, int minLength, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(readItem);
        if (!TryReadItems(minLength, maxLength, takesOne: true, out RepeatedField<Value> values))
        {
            return [];
        }

        var items = new List<T>(values.Count);
        long first = _call.Faults.Total;
        for (int i = 0; i < values.Count && GoesOn(values.Count - i); i++)
        {
            items.Add(readItem(new Argument(_call, i, values[i])));
        }

        EndItems(values, first);
        return items;
    }

    /// <summary>Reads an array whose items are all different into a set.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <param name="minLength">The fewest items.</param>
    /// <param name="maxLength">The most items.</param>
    /// <returns>The items.</returns>
    public HashSet<T> ReadSet<T>(Func<Argument, T> readItem, int minLength, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(readItem);
        if (!TryReadItems(minLength, maxLength, takesOne: true, out RepeatedField<Value> values))
        {
            return [];
        }

        // Equal in JSON, as the schema's uniqueItems has it, is a fault; equal in C# only, such as names in another case, is one item.
        var indexes = new Dictionary<Value, int>(values.Count, JsonEquality.Instance);
        SeededComparer<T>? comparer = typeof(T) == typeof(string) ? null : new();
        var items = new HashSet<T>(values.Count, comparer);
        long first = _call.Faults.Total;
        for (int i = 0; i < values.Count && GoesOn(values.Count - i); i++)
        {
            var argument = new Argument(_call, i, values[i]);
            items.Add(readItem(argument));
            if (!indexes.TryAdd(values[i], i))
            {
                argument.Fault($"given before, at [{indexes[values[i]]}]; each item may be given only once");
            }

            if (comparer?.IsOverworked(values.Count) is true)
            {
                break;
            }
        }

        EndItems(values, first);
        if (comparer?.IsOverworked(values.Count) is true)
        {
            Fault($"too many of the items have the same hash to be told apart; send fewer");
        }

        return items;
    }

    /// <summary>Reads an array of a fixed length, each item of its own type.</summary>
    /// <typeparam name="T">The type of the whole.</typeparam>
    /// <param name="length">How many items there must be.</param>
    /// <param name="readItems">Reads the items.</param>
    /// <returns>The whole.</returns>
    public T ReadTuple<T>(int length, Func<ArgumentItems, T> readItems)
    {
        ArgumentNullException.ThrowIfNull(readItems);
        long first = _call.Faults.Total;
        if (!TryReadItems(length, length, takesOne: false, out RepeatedField<Value> values) || _call.Faults.Total > first)
        {
            return default!;
        }

        T items = readItems(new ArgumentItems(_call, values));
        PrefixFaults(first);
        return items;
    }

    private bool TryReadItems(int minLength, int maxLength, bool takesOne, out RepeatedField<Value> values)
    {
        ListValue? list = _value.ListValue;
        if (list is null && !_call.IsStrict && _value.HasStringValue && _call.TryParseArray(_value.StringValue, out list))
        {
            _call.Tolerate(_name, Tolerance.ArrayAsString);
        }

        if (list is null && takesOne && CanBeItem)
        {
            list = new ListValue { Values = { _value } };
        }

        if (list is null)
        {
            values = [];
            Fault($"expected an array, got {Describe(Value.KindOneofCase.ListValue)}");
            return false;
        }

        // Of too few, those that there are may be wrong as well; too many are not looked at: a peer says how many.
        values = list.Values;
        if (values.Count < minLength || values.Count > maxLength)
        {
            Fault($"expected {ValueText.Length(minLength, maxLength, "item")}, got {values.Count}");
        }

        return values.Count <= maxLength;
    }

    /// <summary>
    /// Whether the value may be the only item of the array. Of an array within another nobody can tell which of them it is for; a text that
    /// begins like an array was meant as one, and an empty one as nothing.
    /// </summary>
    private bool CanBeItem => !_call.IsStrict
        && _name is not null
        && !IsNull
        && !(_value.HasStringValue && _value.StringValue.AsSpan().TrimStart() is [] or ['[', ..]);

    /// <summary>Ends the reading of an array: an item that was taken for one is none when it is wrong.</summary>
    private void EndItems(RepeatedField<Value> values, long first)
    {
        PrefixFaults(first);
        if (values.Count != 1 || !ReferenceEquals(values[0], _value))
        {
            return;
        }

        if (_call.Faults.Total == first)
        {
            _call.Tolerate(_name, Tolerance.ItemForArray);
        }
        else
        {
            Fault($"expected an array, got {Describe(Value.KindOneofCase.ListValue)}");
        }
    }

    /// <summary>Whether to read on; what is left is counted when there are too many faults already.</summary>
    private bool GoesOn(int left)
    {
        if (_call.Faults.IsFull)
        {
            _call.Faults.Skip(left);
        }

        return !_call.Faults.IsFull;
    }

    internal void PrefixFaults(long first)
    {
        if (_call.Faults.Total > first)
        {
            _call.Faults.Prefix(first, Step);
        }
    }
}
