using System.ComponentModel;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

/// <summary>The items of an array of a fixed length. Called by generated code.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArgumentItems
{
    private readonly BindingCall _call;
    private readonly RepeatedField<Value> _values;

    internal ArgumentItems(BindingCall call, RepeatedField<Value> values)
    {
        _call = call;
        _values = values;
    }

    /// <summary>An item.</summary>
    /// <param name="index">From 0 to one less than the length that was asked for.</param>
    public Argument this[int index] => new(_call, index, _values[index]);
}
