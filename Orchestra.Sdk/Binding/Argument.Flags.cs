using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads an array of names of an enum's members, in any case.</summary>
    /// <param name="names">The names.</param>
    /// <returns>The indexes of the names; -1 where a fault was noted.</returns>
    public IEnumerable<int> ReadNames(params string[] names)
    {
        if (_call.IsStrict || !AreNames(names))
        {
            return ReadSet(argument => argument.ReadName(names));
        }

        var parts = new Value { ListValue = new ListValue() };
        foreach (string part in _value.StringValue.Split(',', StringSplitOptions.TrimEntries))
        {
            parts.ListValue.Values.Add(Value.ForString(part));
        }

        long first = _call.Faults.Total;
        HashSet<int> indexes = new Argument(this, parts).ReadSet(argument => argument.ReadName(names));
        if (_call.Faults.Total == first)
        {
            _call.Tolerate(_name, Tolerance.FlagsAsString);
        }

        return indexes;
    }

    // As C# writes flags, "Read, Write"; a name may have a comma itself.
    private bool AreNames(string[] names) => _value.HasStringValue
        && _value.StringValue.Contains(',')
        && !_value.StringValue.AsSpan().TrimStart().StartsWith('[')
        && !names.Contains(_value.StringValue, StringComparer.OrdinalIgnoreCase);
}
