using System.ComponentModel;
using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// A value and where it stands. Each <c>Read</c> method gives the value, or notes the fault with the reader and gives a dummy
/// that must not be used.
/// </summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct Argument
{
    private readonly BindingCall _call;
    private readonly Value _value;

    // Null: an item of an array.
    private readonly string? _name;
    private readonly int _index;

    // Of an object of a polymorphic type: the member that told the type.
    private readonly string? _discriminator;

    internal Argument(BindingCall call, string name, Value value)
    {
        _call = call;
        _name = name;
        _value = value;
    }

    internal Argument(BindingCall call, int index, Value value)
    {
        _call = call;
        _index = index;
        _value = value;
    }

    // The same place, what stands there taken for something else.
    private Argument(Argument place, Value value)
    {
        this = place;
        _value = value;
    }

    // The same place, its object already at hand.
    private Argument(Argument place, string discriminator, Struct members)
    {
        this = place;
        _value = Value.ForStruct(members);
        _discriminator = discriminator;
    }

    /// <summary>Whether the value is <c>null</c>.</summary>
    public bool IsNull => _value.KindCase is Value.KindOneofCase.NullValue or Value.KindOneofCase.None;

    internal bool IsEmptyString => _value is { HasStringValue: true, StringValue.Length: 0 };

    internal string? Discriminator => _discriminator;

    internal bool HasRoomForFault => _call.Faults.HasRoom;

    private string Step => _name is null ? ArgumentPath.Step(_index) : ArgumentPath.Step(_name);

    /// <summary>Reads a boolean.</summary>
    /// <returns>The value.</returns>
    public bool ReadBoolean()
    {
        if (_value.HasBoolValue)
        {
            return _value.BoolValue;
        }

        if (!_call.IsStrict && _value.HasStringValue && bool.TryParse(_value.StringValue, out bool value))
        {
            _call.Tolerate(_name, Tolerance.ScalarAsString);
            return value;
        }

        Fault($"expected true or false, got {Describe(Value.KindOneofCase.BoolValue)}");
        return false;
    }

    /// <summary>Reads the name of an enum's member, in any case.</summary>
    /// <param name="names">The names.</param>
    /// <returns>The index of the name, or -1 with the fault noted.</returns>
    public int ReadName(params ReadOnlySpan<string> names)
    {
        if (_value.HasStringValue)
        {
            string text = _value.StringValue;
            int index = names.IndexOf(text);
            for (int i = 0; index < 0 && i < names.Length; i++)
            {
                index = string.Equals(names[i], text, StringComparison.OrdinalIgnoreCase) ? i : -1;
            }

            if (index >= 0)
            {
                return index;
            }
        }

        FaultOneOf(names);
        return -1;
    }

    private string Describe(Value.KindOneofCase expected) => ValueText.Describe(_value, expected);

    private void Fault([InterpolatedStringHandlerArgument("")] FaultText text)
    {
        FaultList faults = _call.Faults;
        if (faults.HasRoom)
        {
            faults.Add(Step, text.ToStringAndClear());
        }
        else
        {
            faults.Skip();
        }
    }

    private void FaultOneOf(ReadOnlySpan<string> names) =>
        Fault($"expected one of {ValueText.List(names)}, got {Describe(Value.KindOneofCase.StringValue)}{DidYouMean(names)}");

    private string DidYouMean(ReadOnlySpan<string> names) =>
        _value.HasStringValue && NameDistance.FindNearest(_value.StringValue, names) is { } near
            ? $", did you mean {ValueText.Quote(near)}?"
            : "";
}
