using System.Buffers;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Binding;

/// <summary>Walks over a map in a pooled copy, because a protobuf map allocates when it is enumerated.</summary>
internal readonly ref struct GivenArguments
{
    private readonly KeyValuePair<string, Value>[] _rented;
    private readonly int _count;

    public GivenArguments(MapField<string, Value> fields)
    {
        _count = fields.Count;
        _rented = ArrayPool<KeyValuePair<string, Value>>.Shared.Rent(_count);
        ((ICollection<KeyValuePair<string, Value>>)fields).CopyTo(_rented, 0);
    }

    public ReadOnlySpan<KeyValuePair<string, Value>> Span => _rented.AsSpan(0, _count);

    public void Dispose()
    {
        // The pool must not keep a peer's values alive.
        _rented.AsSpan(0, _count).Clear();
        ArrayPool<KeyValuePair<string, Value>>.Shared.Return(_rented);
    }
}
