using System.Buffers.Binary;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutations
{
    public const int MaxLength = 64 * 1024;

    private static readonly byte[] Values = [0, 1, 2, 3, 4, 7, 8, 0x0f, 0x10, 0x1f, 0x20, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0xbf, 0xc0, 0xfe, 0xff];

    public static byte[] Mutate(byte[] input, Random random)
    {
        if (input.Length == 0)
        {
            return Bytes(random, random.Next(1, 17));
        }

        int at = random.Next(input.Length);
        int length = Math.Min(input.Length - at, 1 + random.Next(random.Next(2) == 0 ? 4 : 64));
        switch (random.Next(9))
        {
            case 0:
                return Changed(input, at, (byte)(input[at] ^ (1 << random.Next(8))));
            case 1:
                return Changed(input, at, Values[random.Next(Values.Length)]);
            case 2:
                return Changed(input, at, (byte)(input[at] + random.Next(-3, 4)));
            case 3:
                return [.. input[..at], .. input[(at + length)..]];
            case 4:
                return [.. input[..at], .. Bytes(random, length), .. input[at..]];
            case 5:
                // Again, somewhere.
                int to = random.Next(input.Length);
                return [.. input[..to], .. input[at..(at + length)], .. input[to..]];
            case 6:
                return [.. input[..at], .. Enumerable.Repeat(input[at], length), .. input[at..]];
            case 7:
                return input[..at];
            default:
                return WithNumber(input, at, random);
        }
    }

    /// <summary>The beginning of the one and the end of the other.</summary>
    public static byte[] Splice(byte[] first, byte[] second, Random random) =>
        [.. first[..random.Next(first.Length + 1)], .. second[random.Next(second.Length + 1)..]];

    public static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Changed(byte[] input, int at, byte value)
    {
        byte[] changed = (byte[])input.Clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] WithNumber(byte[] input, int at, Random random)
    {
        byte[] changed = (byte[])input.Clone();
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, random.Next(4) == 0 ? -random.Next(5) : 1L << random.Next(64));
        int length = Math.Min(changed.Length - at, 1 << random.Next(4));
        number[^length..].CopyTo(changed.AsSpan(at));
        return changed;
    }
}
