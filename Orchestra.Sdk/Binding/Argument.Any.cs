using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Gives any value as it came.</summary>
    /// <returns>The value.</returns>
    public Value ReadValue() => _value;

    /// <summary>Gives any object as it came.</summary>
    /// <returns>The object.</returns>
    public Struct ReadStruct() => TryReadStruct(out Struct members) ? members : null!;

    /// <summary>Gives any value as JSON.</summary>
    /// <returns>The value.</returns>
    public JsonElement ReadJsonElement() => JsonValues.ToElement(_value);

    /// <summary>Gives any value except <c>null</c> as JSON.</summary>
    /// <returns>The value.</returns>
    public JsonNode ReadJsonNode() => IsSomething() ? JsonValues.ToNode(_value)! : null!;

    /// <summary>Gives any object as JSON.</summary>
    /// <returns>The object.</returns>
    public JsonObject ReadJsonObject() => TryReadStruct(out Struct members) ? (JsonObject)JsonValues.ToNode(Value.ForStruct(members))! : null!;

    /// <summary>Gives any array as JSON.</summary>
    /// <returns>The array.</returns>
    public JsonArray ReadJsonArray()
    {
        if (!TryReadItems(0, int.MaxValue, takesOne: true, out RepeatedField<Value> items))
        {
            return null!;
        }

        EndItems(items, _call.Faults.Total);
        return (JsonArray)JsonValues.ToNode(Value.ForList([.. items]))!;
    }

    /// <summary>
    /// Gives any value except <c>null</c> as a <see cref="string"/>, <see cref="double"/>, <see cref="bool"/>, list of these, or
    /// dictionary of these.
    /// </summary>
    /// <returns>The value.</returns>
    public object ReadAny() => IsSomething() ? JsonValues.ToObject(_value)! : null!;

    private bool IsSomething()
    {
        if (IsNull)
        {
            Fault($"expected any value except null, got null");
        }

        return !IsNull;
    }
}
