using System.Buffers.Binary;
using System.Numerics;

namespace Orchestra.Quic.Wire;

/// <summary>Variable-length integers (RFC 9000 §16): the two top bits of the first byte tell the size, 1, 2, 4 or 8.</summary>
internal static class VarInt
{
    public const long MaxValue = (1L << 62) - 1;

    public static int SizeOf(long value) => value switch
    {
        < 1L << 6 => 1,
        < 1L << 14 => 2,
        < 1L << 30 => 4,
        _ => 8,
    };

    public static bool TryRead(ReadOnlySpan<byte> source, out long value, out int length)
    {
        if (!source.IsEmpty)
        {
            length = 1 << (source[0] >> 6);
            if (source.Length >= length)
            {
                value = length switch
                {
                    1 => source[0],
                    2 => BinaryPrimitives.ReadUInt16BigEndian(source) & 0x3FFF,
                    4 => BinaryPrimitives.ReadUInt32BigEndian(source) & 0x3FFF_FFFF,
                    _ => BinaryPrimitives.ReadInt64BigEndian(source) & MaxValue,
                };
                return true;
            }
        }

        value = 0;
        length = 0;
        return false;
    }

    /// <summary>Writes <paramref name="value"/> in as few bytes as it takes; returns how many.</summary>
    public static int Write(Span<byte> destination, long value)
    {
        int size = SizeOf(value);
        Write(destination, value, size);
        return size;
    }

    /// <summary>Writes <paramref name="value"/> in just <paramref name="size"/> bytes, so that it can be patched later.</summary>
    public static void Write(Span<byte> destination, long value, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SizeOf(value), size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxValue);

        switch (size)
        {
            case 1:
                destination[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)value);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)value);
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(destination, value);
                break;
        }

        destination[0] |= (byte)(BitOperations.Log2((uint)size) << 6);
    }
}
