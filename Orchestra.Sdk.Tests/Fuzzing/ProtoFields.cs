namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>
/// A message of protobuf as its bytes tell, without a description: a list of fields, of which those with a length may be messages again.
/// </summary>
internal sealed class ProtoFields
{
    private const int MaxDepth = 12;

    private readonly List<Field> _fields = [];

    /// <summary>Null where the bytes are no message.</summary>
    public static ProtoFields? TryRead(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        var message = new ProtoFields();
        while (!bytes.IsEmpty)
        {
            if (!TryReadNumber(ref bytes, out ulong tag) || tag >> 3 == 0)
            {
                return null;
            }

            int length;
            switch (tag & 7)
            {
                case 0:
                    if (!TryReadNumber(ref bytes, out ulong number))
                    {
                        return null;
                    }

                    message._fields.Add(new Field(tag, Number(number), null));
                    continue;
                case 1:
                    length = 8;
                    break;
                case 5:
                    length = 4;
                    break;
                case 2 when TryReadNumber(ref bytes, out ulong size) && size <= (ulong)bytes.Length:
                    length = (int)size;
                    break;
                default:
                    return null;
            }

            if (length > bytes.Length)
            {
                return null;
            }

            byte[] content = bytes[..length].ToArray();
            bytes = bytes[length..];
            message._fields.Add(new Field(tag, content, (tag & 7) == 2 && length > 0 && depth < MaxDepth ? TryRead(content, depth + 1) : null));
        }

        return message;
    }

    public byte[] Encode() => [.. _fields.SelectMany(static field =>
    {
        byte[] content = field.Message?.Encode() ?? field.Content;
        return (field.Tag & 7) == 2
            ? [.. Number(field.Tag), .. Number((ulong)content.Length), .. content]
            : (byte[])[.. Number(field.Tag), .. content];
    })];

    /// <summary>Changes a field, of this or of a message within.</summary>
    public void Mutate(Random random)
    {
        if (_fields.Count == 0)
        {
            _fields.Add(New(random));
            return;
        }

        int at = random.Next(_fields.Count);
        Field field = _fields[at];
        if (field.Message is { } inner && random.Next(4) != 0)
        {
            inner.Mutate(random);
            return;
        }

        switch (random.Next(8))
        {
            case 0:
                _fields.RemoveAt(at);
                break;
            case 1:
                _fields.AddRange(Enumerable.Repeat(field, 1 + random.Next(random.Next(20) == 0 ? 200 : 3)));
                break;
            case 2:
                _fields[at] = field with { Tag = Tag(random, field.Tag) };
                break;
            case 3:
                _fields.Insert(at, New(random));
                break;
            case 4 when field.Message is { } message:
                // Within itself.
                byte[] once = Encode(field.Tag, message.Encode());
                _fields[at] = new Field(field.Tag, once, TryRead(once, depth: 1));
                break;
            case 5:
                int other = random.Next(_fields.Count);
                (_fields[at], _fields[other]) = (_fields[other], _fields[at]);
                break;
            default:
                byte[] content = field.Message?.Encode() ?? field.Content;
                content = (field.Tag & 7) switch
                {
                    0 => Number((ulong)RandomNumbers.Next(random) << random.Next(3)),
                    2 => ByteMutations.Mutate(content, random),
                    _ => ByteMutations.Bytes(random, content.Length),
                };
                _fields[at] = new Field(field.Tag, content, null);
                break;
        }
    }

    private static Field New(Random random)
    {
        ulong tag = Tag(random, (ulong)random.Next(60) << 3 | 2);
        byte[] content = (tag & 7) switch
        {
            0 => Number((ulong)RandomNumbers.Next(random)),
            1 => ByteMutations.Bytes(random, 8),
            5 => ByteMutations.Bytes(random, 4),
            _ => ByteMutations.Bytes(random, random.Next(6)),
        };
        return new Field(tag, content, null);
    }

    private static ulong Tag(Random random, ulong tag) => random.Next(3) switch
    {
        0 => ((ulong)random.Next(1, 60) << 3) | (tag & 7),
        1 => ((ulong)random.Next(1, 8) << 3) | (tag & 7),
        _ => (tag & ~7UL) | (uint)(random.Next(3) == 0 ? 0 : random.Next(2) == 0 ? 1 : 2),
    };

    private static byte[] Encode(ulong tag, byte[] content) => [.. Number(tag), .. Number((ulong)content.Length), .. content];

    private static bool TryReadNumber(ref ReadOnlySpan<byte> bytes, out ulong number)
    {
        number = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            number |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static byte[] Number(ulong number)
    {
        var bytes = new List<byte>();
        for (; number > 0x7f; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
        return [.. bytes];
    }

    private sealed record Field(ulong Tag, byte[] Content, ProtoFields? Message);
}
