using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// Reads a message's bytes before they are parsed, and tells what they will become: two bytes can be 40, a hundred can nest a hundred
/// levels, and some ten thousand can be made to copy themselves until the process ends.
/// </summary>
internal struct MessageScan
{
    private const int Boxed = 24;
    private const int Slot = 24;
    private const int FirstItem = 64;
    private const int TextOverhead = 48;
    private const int BytesOverhead = 56;
    private const int MissingValue = 112;

    /// <summary>About as many bytes as the parser will allocate, which is some more than the message takes then.</summary>
    public long ObjectBytes { get; private set; }

    /// <summary>How many objects and arrays are within one another.</summary>
    public int Levels { get; private set; }

    /// <summary>Whether there are more levels than are read. Then the rest was not looked at.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Whether the bytes are no message at some place. Then the rest was not looked at.</summary>
    public bool IsMalformed { get; private set; }

    public static MessageScan Of(ReadOnlySpan<byte> message, MessageShape shape)
    {
        var scan = default(MessageScan);
        scan.Add(message, shape, level: 0);
        return scan;
    }

    private bool Add(ReadOnlySpan<byte> bytes, MessageShape shape, int level)
    {
        ObjectBytes += shape.Size;
        if (shape.IsLevel)
        {
            Levels = Math.Max(Levels, ++level);

            // The outermost is the object that the values are members of.
            IsTooDeep = level > Nesting.MaxLevels + 1;
        }

        // Copied by the next message of the same oneof.
        long chosen = 0;
        bool hasItem = false;
        bool hasValue = !shape.IsEntry;
        int groups = 0;
        while (!bytes.IsEmpty && !IsTooDeep)
        {
            if (!TryReadVarint(ref bytes, out uint tag) || tag >> 3 == 0)
            {
                return Stop();
            }

            switch (tag & 7)
            {
                case 0 when TryReadVarint(ref bytes, out _):
                case 1 when TrySkip(ref bytes, 8):
                case 5 when TrySkip(ref bytes, 4):
                    ObjectBytes += shape.IsBoxing ? Boxed : 0;
                    break;
                case 2 when TryReadVarint(ref bytes, out uint length) && length <= (uint)bytes.Length:
                    ReadOnlySpan<byte> content = bytes[..(int)length];
                    bytes = bytes[(int)length..];
                    (FieldKind kind, MessageShape? child) = groups > 0 ? default : shape.Field((int)(tag >> 3));
                    if (child is null)
                    {
                        ObjectBytes += kind == FieldKind.Bytes ? BytesOverhead + content.Length
                            : content.IsEmpty ? Slot
                            : TextOverhead + (2L * content.Length);
                        break;
                    }

                    long before = ObjectBytes;
                    if (!Add(content, child, level))
                    {
                        return false;
                    }

                    if (kind == FieldKind.Item)
                    {
                        ObjectBytes += child.IsEntry ? 0 : Slot;
                        ObjectBytes += hasItem ? 0 : FirstItem;
                        hasItem = true;
                    }
                    else if (kind == FieldKind.Choice)
                    {
                        long added = ObjectBytes - before;
                        ObjectBytes += chosen;
                        chosen += added;
                    }

                    hasValue = true;
                    break;

                // Groups, which nobody sends: whatever is in them the parser skips, so that nothing in them is a field of the message.
                case 3:
                    groups++;
                    break;
                case 4 when groups > 0:
                    groups--;
                    break;

                case 0 or 1 or 2 or 4 or 5:
                    return Stop();

                // The parser takes 6 and 7 for nothing.
                default:
                    break;
            }
        }

        ObjectBytes += hasValue ? 0 : MissingValue;
        return !IsTooDeep;
    }

    private bool Stop()
    {
        IsMalformed = true;
        return false;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
        {
            return false;
        }

        bytes = bytes[count..];
        return true;
    }

    /// <summary>Reads up to ten bytes and gives the lower 32 bits, as protobuf does.</summary>
    private static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out uint value)
    {
        if (!bytes.IsEmpty && bytes[0] < 0x80)
        {
            value = bytes[0];
            bytes = bytes[1..];
            return true;
        }

        return TryReadLongVarint(ref bytes, out value);
    }

    private static bool TryReadLongVarint(ref ReadOnlySpan<byte> bytes, out uint value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= i < 5 ? (bytes[i] & 0x7Fu) << (7 * i) : 0;
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
