using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

/// <summary>Equality as JSON Schema has it: protobuf's tells -0 from 0. A peer cannot make the hashes collide.</summary>
internal sealed class JsonEquality : IEqualityComparer<Value>
{
    public static JsonEquality Instance { get; } = new();

    public bool Equals(Value? x, Value? y) => x is null || y is null ? x is null && y is null : x.KindCase == y.KindCase && x.KindCase switch
    {
        Value.KindOneofCase.NumberValue => x.NumberValue.Equals(y.NumberValue),
        Value.KindOneofCase.ListValue => AreEqual(x.ListValue, y.ListValue),
        Value.KindOneofCase.StructValue => AreEqual(x.StructValue, y.StructValue),
        _ => x.Equals(y),
    };

    public int GetHashCode([DisallowNull] Value obj)
    {
        switch (obj.KindCase)
        {
            case Value.KindOneofCase.NumberValue:
                return SeededHash.Of(obj.NumberValue);
            case Value.KindOneofCase.ListValue:
                int items = 0;
                foreach (Value item in obj.ListValue.Values)
                {
                    items = SeededHash.Of((items, GetHashCode(item)));
                }

                return items;
            case Value.KindOneofCase.StructValue:
                // The order of members means nothing.
                int members = 0;
                foreach ((string name, Value value) in obj.StructValue.Fields)
                {
                    members += SeededHash.Of((name.GetHashCode(StringComparison.Ordinal), GetHashCode(value)));
                }

                return members;
            default:
                return obj.GetHashCode();
        }
    }

    private bool AreEqual(ListValue x, ListValue y)
    {
        bool isEqual = x.Values.Count == y.Values.Count;
        for (int i = 0; isEqual && i < x.Values.Count; i++)
        {
            isEqual = Equals(x.Values[i], y.Values[i]);
        }

        return isEqual;
    }

    private bool AreEqual(Struct x, Struct y)
    {
        if (x.Fields.Count != y.Fields.Count)
        {
            return false;
        }

        foreach ((string name, Value value) in x.Fields)
        {
            if (!y.Fields.TryGetValue(name, out Value? other) || !Equals(value, other))
            {
                return false;
            }
        }

        return true;
    }
}
