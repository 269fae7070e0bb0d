using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// The lengths within a <see cref="Struct"/>, in the order in which they are written. Each is found once, where protobuf's own code counts
/// all that is within a message again for each message around it.
/// </summary>
internal sealed class StructSizes
{
    public const int TagSize = 1;

    private const int MaxKept = 16 * 1024;

    [ThreadStatic]
    private static StructSizes? _ofThread;

    private readonly List<int> _sizes = [];
    private int _next;

    /// <summary>Those of this thread, to be filled anew.</summary>
    public static StructSizes OfThread
    {
        get
        {
            StructSizes sizes = _ofThread is { } kept && kept._sizes.Capacity <= MaxKept ? kept : _ofThread = new StructSizes();
            sizes._sizes.Clear();
            sizes._next = 0;
            return sizes;
        }
    }

    /// <summary>The next one, for the writer.</summary>
    public int Next() => _sizes[_next++];

    /// <summary>How many bytes a field has whose content has so many.</summary>
    public static long OfField(long content) => TagSize + CodedOutputStream.ComputeUInt32Size((uint)content) + content;

    /// <summary>Finds all lengths within a struct, whose own it is.</summary>
    public long Measure(Struct value)
    {
        int at = Reserve();
        long size = 0;
        foreach ((string name, Value member) in value.Fields)
        {
            int entry = Reserve();
            size += OfField(Keep(entry, (name.Length == 0 ? 0 : OfField(Measure(name))) + OfField(Measure(member))));
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
