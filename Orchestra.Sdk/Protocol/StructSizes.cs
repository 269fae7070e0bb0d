using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// The lengths of texts and within a <see cref="Struct"/>, in the order in which they are written. Each is found once, where protobuf's own code counts
/// all that is within a message again for each message around it.
/// </summary>
internal sealed class StructSizes : IDisposable
{
    public const int TagSize = 1;

    /// <summary>For so many at the most the memory is kept.</summary>
    public const int MaxKept = 16 * 1024;

    [ThreadStatic]
    private static StructSizes? _ofThread;

    private readonly List<int> _sizes = [];
    private int _next;

    /// <summary>Those of this thread, which are none until they are measured, and none again when they are disposed of.</summary>
    public static StructSizes OfThread => _ofThread ??= new StructSizes();

    /// <summary>For how many there is memory.</summary>
    public int Capacity => _sizes.Capacity;

    /// <summary>The next one, for the writer.</summary>
    public int Next() => _sizes[_next++];

    /// <summary>How many bytes a field has whose content has so many.</summary>
    public static long OfField(long content) => TagSize + CodedOutputStream.ComputeUInt32Size((uint)content) + content;

    /// <summary>Finds the length of a text, and of the field with it; an empty one is not written.</summary>
    public long OfText(string text) => text.Length == 0 ? 0 : OfField(Measure(text));

    /// <summary>Forgets them.</summary>
    public void Dispose()
    {
        _next = 0;
        _sizes.Clear();
        if (_sizes.Capacity > MaxKept)
        {
            // Those of a large result may take more than it does.
            _sizes.Capacity = 0;
        }
    }

    /// <summary>Finds all lengths within a struct, whose own it is.</summary>
    public long Measure(Struct value)
    {
        int at = Reserve();
        long size = 0;
        foreach ((string name, Value member) in value.Fields)
        {
            int entry = Reserve();
            size += OfField(Keep(entry, OfText(name) + OfField(Measure(member))));
        }

        return Keep(at, size);
    }

    private long Measure(Value value)
    {
        int at = Reserve();
        return Keep(at, value.KindCase switch
        {
            Value.KindOneofCase.NullValue or Value.KindOneofCase.BoolValue => TagSize + 1,
            Value.KindOneofCase.NumberValue => TagSize + sizeof(double),
            Value.KindOneofCase.StringValue => OfField(Measure(value.StringValue)),
            Value.KindOneofCase.StructValue => OfField(Measure(value.StructValue)),
            Value.KindOneofCase.ListValue => OfField(Measure(value.ListValue)),
            _ => 0,
        });
    }

    private long Measure(ListValue list)
    {
        int at = Reserve();
        long size = 0;
        for (int i = 0; i < list.Values.Count; i++)
        {
            size += OfField(Measure(list.Values[i]));
        }

        return Keep(at, size);
    }

    private long Measure(string text) => Keep(Reserve(), Encoding.UTF8.GetByteCount(text));

    private int Reserve()
    {
        _sizes.Add(0);
        return _sizes.Count - 1;
    }

    // What does not fit an int is far more than a message may have, and nobody writes it.
    private long Keep(int at, long size)
    {
        _sizes[at] = unchecked((int)size);
        return size;
    }
}
