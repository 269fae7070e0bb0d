using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads an array.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <param name="minLength">The fewest items.</param>
    /// <param name="maxLength">The most items.</param>
    /// <returns>The items.</returns>
    public T[] ReadArray<T>(Func<Argument, T> readItem, int minLength = 0, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(readItem);
        if (!TryReadItems(minLength, maxLength, out RepeatedField<Value> values))
        {
            return [];
        }

        T[] items = values.Count == 0 ? [] : new T[values.Count];
        int first = _reader.Faults.Count;
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = readItem(new Argument(_reader, i, values[i]));
        }

        PrefixFaults(first);
        return items;
    }

    /// <summary>Reads an array into a list.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="readItem">Reads an item.</param>
    /// <param name="minLength">The fewest items.</param>
    /// <param name="maxLength">The most items.</param>
    /// <returns>The items.</returns>
    public List<T> ReadList<T>(Func<Argument, T> readItem, int minLength = 0, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(readItem);
        if (!TryReadItems(minLength, maxLength, out RepeatedField<Value> values))
        {
            return [];
        }

        var items = new List<T>(values.Count);
        int first = _reader.Faults.Count;
        for (int i = 0; i < values.Count; i++)
        {
            items.Add(readItem(new Argument(_reader, i, values[i])));
        }

        PrefixFaults(first);
        return items;
    }

    private bool TryReadItems(int minLength, int maxLength, out RepeatedField<Value> values)
    {
        ListValue? list = _value.ListValue;
        if (list is null && !_reader.IsStrict && _value.HasStringValue && JsonText.TryParseArray(_value.StringValue, out list))
        {
            _reader.Tolerate(_name, Tolerance.ArrayAsString);
        }

        if (list is null)
        {
            values = [];
            Fault($"expected an array, got {Describe(Value.KindOneofCase.ListValue)}");
            return false;
        }

        // A wrong length is no reason to keep quiet about the items.
        values = list.Values;
        if (values.Count < minLength || values.Count > maxLength)
        {
            Fault($"expected {ValueText.Length(minLength, maxLength, "item")}, got {values.Count}");
        }

        return true;
    }

    private void PrefixFaults(int first)
    {
        if (_reader.Faults.Count > first)
        {
            _reader.Faults.Prefix(first, Step);
        }
    }
}
