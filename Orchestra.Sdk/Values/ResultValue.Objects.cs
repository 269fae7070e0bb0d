using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

public static partial class ResultValue
{
    /// <summary>An object, or <c>null</c>.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="addMembers">Adds its members.</param>
    /// <returns>The value for the answer.</returns>
    /// <exception cref="InvalidOperationException">Values nest deeper than a peer could read, perhaps in a circle.</exception>
    public static Value OfObject<T>(T? value, Action<T, MapField<string, Value>> addMembers)
    {
        ArgumentNullException.ThrowIfNull(addMembers);
        if (value is null)
        {
            return Value.ForNull();
        }

        using var depth = ResultDepth.Enter();
        var members = new Struct();
        addMembers(value, members.Fields);
        return Value.ForStruct(members);
    }

    /// <summary>An object whose members have any names, or <c>null</c>.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="members">The members.</param>
    /// <param name="ofValue">Makes the value of a member.</param>
    /// <returns>The value for the answer.</returns>
    public static Value OfDictionary<T>(IEnumerable<KeyValuePair<string, T>>? members, Func<T, Value> ofValue)
    {
        ArgumentNullException.ThrowIfNull(ofValue);
        if (members is null)
        {
            return Value.ForNull();
        }

        using var depth = ResultDepth.Enter();
        var result = new Struct();
        foreach ((string name, T value) in members)
        {
            result.Fields[name] = ofValue(value);
        }

        return Value.ForStruct(result);
    }

    /// <summary>Puts a member before all others: System.Text.Json wants to read first which type it is.</summary>
    /// <param name="value">An object; a <c>null</c> stays as it is.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="member">The member, also where there is one of its name.</param>
    /// <returns>The object.</returns>
    public static Value WithMember(Value value, string name, Value member)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.StructValue is not { } members)
        {
            return value;
        }

        var all = new Struct { Fields = { [name] = member } };
        foreach ((string other, Value its) in members.Fields)
        {
            all.Fields.TryAdd(other, its);
        }

        return Value.ForStruct(all);
    }

    /// <summary>A value of a type that its polymorphic base does not name.</summary>
    /// <param name="value">The value; only <see langword="null"/> can be written.</param>
    /// <returns>A <c>null</c>.</returns>
    /// <exception cref="InvalidOperationException">The value is not <see langword="null"/>.</exception>
    public static Value OfUnknown(object? value) => value is null
        ? Value.ForNull()
        : throw new InvalidOperationException(
            $"A tool returned a {value.GetType()}, which none of the [JsonDerivedType] attributes of the declared type names.");

    /// <summary>An array of values of several types.</summary>
    /// <param name="items">The items.</param>
    /// <returns>The value for the answer.</returns>
    public static Value OfItems(params Value[] items) => Value.ForList(items);

    /// <summary>
    /// An array of the names of an enum's flags, which together have its bits and no others; bits that no such name has follow as one
    /// number.
    /// </summary>
    /// <param name="value">The bits of the value.</param>
    /// <param name="flags">The bits of each flag; where flags overlap, those to prefer first.</param>
    /// <param name="names">The name of each flag.</param>
    /// <returns>The value for the answer.</returns>
    public static Value OfFlags(ulong value, ReadOnlySpan<ulong> flags, ReadOnlySpan<string> names)
    {
        var chosen = new List<int>();
        ulong left = value;
        for (int i = 0; i < flags.Length; i++)
        {
            // It may have bits that are told already, but none that the value lacks.
            if ((value & flags[i]) == flags[i] && (left & flags[i]) != 0)
            {
                chosen.Add(i);
                left &= ~flags[i];
            }
        }

        var list = new ListValue();
        for (int i = 0; i < chosen.Count; i++)
        {
            ulong others = 0;
            for (int j = 0; j < chosen.Count; j++)
            {
                others |= j == i ? 0 : flags[chosen[j]];
            }

            if ((flags[chosen[i]] & ~others) == 0)
            {
                chosen.RemoveAt(i--);
            }
        }

        foreach (int i in chosen)
        {
            list.Values.Add(Value.ForString(names[i]));
        }

        if (left != 0)
        {
            list.Values.Add(Of(left));
        }

        return new Value { ListValue = list };
    }
}
