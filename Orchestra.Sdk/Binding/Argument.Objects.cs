using System.Globalization;
using Google.Protobuf.WellKnownTypes;

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

    /// <summary>Reads the member of an object that tells its type.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="content">The object, whose reader then expects that member besides its own.</param>
    /// <param name="types">What the member may say.</param>
    /// <returns>The index of the type, or -1 with the fault noted.</returns>
    public int ReadDiscriminator(string name, out Argument content, params ReadOnlySpan<string> types)
    {
        content = this;
        if (!TryReadDiscriminator(name, types, out Struct members, out Argument discriminator))
        {
            return -1;
        }

        int index = discriminator._value.HasStringValue ? types.IndexOf(discriminator._value.StringValue) : -1;
        content = new Argument(this, name, members);
        return index >= 0 ? index : FaultDiscriminator(discriminator, ValueText.List(types), Value.KindOneofCase.StringValue);
    }

    /// <summary>Reads the member of an object that tells its type by a number.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="content">The object, whose reader then expects that member besides its own.</param>
    /// <param name="types">What the member may say.</param>
    /// <returns>The index of the type, or -1 with the fault noted.</returns>
    public int ReadDiscriminator(string name, out Argument content, params ReadOnlySpan<int> types)
    {
        content = this;
        Span<string> texts = new string[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            texts[i] = types[i].ToString(CultureInfo.InvariantCulture);
        }

        if (!TryReadDiscriminator(name, texts, out Struct members, out Argument discriminator))
        {
            return -1;
        }

        double number = discriminator._value.HasNumberValue ? discriminator._value.NumberValue : double.NaN;
        int index = number == (int)number ? types.IndexOf((int)number) : -1;
        content = new Argument(this, name, members);
        return index >= 0 ? index : FaultDiscriminator(discriminator, ValueText.List(types), Value.KindOneofCase.NumberValue);
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

    private bool TryReadDiscriminator(string name, ReadOnlySpan<string> types, out Struct members, out Argument discriminator)
    {
        discriminator = default;
        if (!TryReadStruct(out members))
        {
            return false;
        }

        if (members.Fields.TryGetValue(name, out Value? value))
        {
            discriminator = new Argument(_call, name, value);
            return true;
        }

        long first = _call.Faults.Total;
        new Argument(_call, name, Value.ForNull()).Fault($"required, but not given; it is one of {ValueText.List(types)}");
        PrefixFaults(first);
        return false;
    }

    private int FaultDiscriminator(Argument discriminator, string types, Value.KindOneofCase kind)
    {
        long first = _call.Faults.Total;
        discriminator.Fault($"expected one of {types}, got {discriminator.Describe(kind)}");
        PrefixFaults(first);
        return -1;
    }
}
