using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Begins to read an object; <see cref="ArgumentReader.Complete"/> ends it.</summary>
    /// <param name="members">Its members.</param>
    /// <returns>False, with the fault noted, when it is no object.</returns>
    public bool ReadObject(out ArgumentReader members)
    {
        members = null!;
        if (!TryReadStruct(out Struct value))
        {
            return false;
        }

        if (_call.Depth == BindingCall.MaxDepth)
        {
            Fault($"expected at most {BindingCall.MaxDepth} objects within one another");
            return false;
        }

        _call.Depth++;
        members = new ArgumentReader(this, _call, value.Fields);
        return true;
    }

    /// <summary>
    /// Notes that a type refuses the members that it was to be made of: the rules of its own that its constructor and its setters
    /// check are to be met like those that the schema tells.
    /// </summary>
    /// <param name="exception">What the constructor or setter threw.</param>
    /// <returns>False when the exception is of a kind that tells of something else.</returns>
    public bool NoteRefusal(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is not (ArgumentException or FormatException or OverflowException))
        {
            return false;
        }

        Fault($"{exception.Message.ReplaceLineEndings(" ")}");
        return true;
    }

    /// <summary>Reads an object whose members have names that the caller chose.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="readValue">Reads a value.</param>
    /// <param name="minLength">The fewest members.</param>
    /// <param name="maxLength">The most members.</param>
    /// <returns>The members.</returns>
    public Dictionary<string, T> ReadDictionary<T>(Func<Argument, T> readValue, int minLength, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(readValue);
        var result = new Dictionary<string, T>(StringComparer.Ordinal);
        if (!TryReadStruct(out Struct members))
        {
            return result;
        }

        int count = members.Fields.Count;
        if (count < minLength || count > maxLength)
        {
            Fault($"expected {ValueText.Length(minLength, maxLength, "member")}, got {count}");
        }

        if (count > maxLength)
        {
            return result;
        }

        long first = _call.Faults.Total;
        foreach ((string name, Value value) in members.Fields)
        {
            if (!GoesOn(count - result.Count))
            {
                break;
            }

            result.Add(name, readValue(new Argument(_call, name, value)));
        }

        PrefixFaults(first);
        return result;
    }

    private bool TryReadStruct(out Struct members)
    {
        Struct? value = _value.StructValue;
        if (value is null && !_call.IsStrict && _value.HasStringValue && _call.TryParseObject(_value.StringValue, out value))
        {
            _call.Tolerate(_name, Tolerance.ObjectAsString);
        }

        members = value!;
        if (value is null)
        {
            Fault($"expected an object, got {Describe(Value.KindOneofCase.StructValue)}");
        }

        return value is not null;
    }
}
