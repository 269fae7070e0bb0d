using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
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

        content = new Argument(this, discriminator._name!, members);
        int index = discriminator.IndexAmong(types);
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

        content = new Argument(this, discriminator._name!, members);
        int index = discriminator.IndexAmong(types, texts);
        return index >= 0 ? index : FaultDiscriminator(discriminator, ValueText.List(types), Value.KindOneofCase.NumberValue);
    }

    private int IndexAmong(ReadOnlySpan<string> types)
    {
        if (!_value.HasStringValue)
        {
            int scalar = !_call.IsStrict && ScalarText.TryGet(_value, out string text) ? types.IndexOf(text) : -1;
            return Tolerated(scalar, Tolerance.ScalarForString);
        }

        int index = types.IndexOf(_value.StringValue);
        return index < 0 && !_call.IsStrict ? Tolerated(IndexInAnyCase(types), Tolerance.NameInWrongCase) : index;
    }

    private int IndexAmong(ReadOnlySpan<int> types, ReadOnlySpan<string> texts)
    {
        if (_value.HasStringValue)
        {
            return _call.IsStrict ? -1 : Tolerated(texts.IndexOf(_value.StringValue), Tolerance.ScalarAsString);
        }

        double number = _value.HasNumberValue ? _value.NumberValue : double.NaN;
        return number == (int)number ? types.IndexOf((int)number) : -1;
    }

    // Two that differ in case only are both as near.
    private int IndexInAnyCase(ReadOnlySpan<string> types)
    {
        int index = -1;
        for (int i = 0; i < types.Length; i++)
        {
            if (string.Equals(types[i], _value.StringValue, StringComparison.OrdinalIgnoreCase))
            {
                if (index >= 0)
                {
                    return -1;
                }

                index = i;
            }
        }

        return index;
    }

    private int Tolerated(int index, Tolerance form)
    {
        if (index >= 0)
        {
            _call.Tolerate(_name, form);
        }

        return index;
    }

    private bool TryReadDiscriminator(string name, ReadOnlySpan<string> types, out Struct members, out Argument discriminator)
    {
        discriminator = default;
        if (!TryReadStruct(out members))
        {
            return false;
        }

        string given = name;
        if (members.Fields.TryGetValue(name, out Value? value)
            || new ArgumentReader(this, _call, members.Fields).TryGetInAnyCase(name, out given, out value))
        {
            discriminator = new Argument(_call, given, value);
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
