namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>Numbers as they stand in frames and parameters, often at a bound.</summary>
internal static class RandomNumbers
{
    private const long Largest = (1L << 62) - 1;

    private static readonly long[] Bounds =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 10, 11, 19, 20, 21, 25, 59, 60, 61, 63, 64, 100, 255, 256, 1199, 1200, 4095, 4096, 1 << 14, (1 << 14) - 1, 65_000, 1 << 16,
        (1 << 16) + 1, 1 << 20, 1 << 30, (1 << 30) - 1, 1L << 32, 1L << 53, (1L << 60) - 1, 1L << 60, (1L << 60) + 1, Largest - 1, Largest,
    ];

    public static long Next(Random random) => random.Next(3) switch
    {
        0 => random.Next(12),
        1 => Bounds[random.Next(Bounds.Length)],
        _ => random.NextInt64(Largest) >> random.Next(62),
    };

    /// <summary>Encodes a number, mostly in the fewest bytes.</summary>
    public static byte[] Encode(long value, Random random)
    {
        int size = value < 64 ? 0 : value < 1 << 14 ? 1 : value < 1 << 30 ? 2 : 3;
        size = random.Next(16) == 0 ? random.Next(size, 4) : size;
        byte[] bytes = new byte[1 << size];
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            bytes[i] = (byte)value;
            value >>= 8;
        }

        bytes[0] |= (byte)(size << 6);
        return bytes;
    }

    /// <summary>The bytes with another number in the place of one of those that they begin with.</summary>
    public static byte[] ChangeOne(byte[] bytes, Random random)
    {
        int at = 0;
        for (int skipped = random.Next(6); skipped > 0 && at < bytes.Length; skipped--)
        {
            at += 1 << (bytes[at] >> 6);
        }

        if (at >= bytes.Length)
        {
            return ByteMutations.Mutate(bytes, random);
        }

        int end = Math.Min(bytes.Length, at + (1 << (bytes[at] >> 6)));
        return [.. bytes[..at], .. Encode(Next(random), random), .. bytes[end..]];
    }
}
