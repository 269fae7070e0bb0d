using System.Buffers.Binary;

namespace Orchestra.Quic.Wire;

/// <summary>Writes packet headers, and the two kinds of packets that have no packet number (RFC 9000 §17).</summary>
internal static class PacketWriter
{
    public const uint Version1 = 1;

    private const byte LongForm = 0x80;
    private const byte FixedBit = 0x40;
    private const byte KeyPhaseBit = 0x04;
    private const int LengthSize = 2;

    /// <summary>
    /// Writes a long header up to and with the truncated packet number. The two bytes at <paramref name="lengthOffset"/> are for
    /// the caller to fill by <see cref="VarInt.Write(Span{byte}, long, int)"/>, when it knows how long the packet became.
    /// </summary>
    public static bool TryWriteLongHeader(
        ref SpanWriter w,
        PacketType type,
        in ConnectionId destination,
        in ConnectionId source,
        scoped ReadOnlySpan<byte> token,
        long packetNumber,
        int packetNumberLength,
        out int lengthOffset,
        out int packetNumberOffset)
    {
        int size = 1 + sizeof(uint) + 1 + destination.Length + 1 + source.Length + LengthSize + packetNumberLength;
        if (type == PacketType.Initial)
        {
            size += VarInt.SizeOf(token.Length) + token.Length;
        }

        if (size > w.Remaining)
        {
            lengthOffset = 0;
            packetNumberOffset = 0;
            return false;
        }

        w.WriteByte((byte)(LongForm | FixedBit | ((int)type << 4) | (packetNumberLength - 1)));
        w.WriteUInt32(Version1);
        WriteConnectionIds(ref w, destination, source);
        if (type == PacketType.Initial)
        {
            w.WriteVarInt(token.Length);
            w.WriteBytes(token);
        }

        lengthOffset = w.Position;
        w.WriteVarInt(0, LengthSize);
        packetNumberOffset = w.Position;
        WritePacketNumber(ref w, packetNumber, packetNumberLength);
        return true;
    }

    public static bool TryWriteShortHeader(
        ref SpanWriter w,
        in ConnectionId destination,
        bool keyPhase,
        long packetNumber,
        int packetNumberLength,
        out int packetNumberOffset)
    {
        if (1 + destination.Length + packetNumberLength > w.Remaining)
        {
            packetNumberOffset = 0;
            return false;
        }

        w.WriteByte((byte)(FixedBit | (keyPhase ? KeyPhaseBit : 0) | (packetNumberLength - 1)));
        destination.CopyTo(w.Reserve(destination.Length));
        packetNumberOffset = w.Position;
        WritePacketNumber(ref w, packetNumber, packetNumberLength);
        return true;
    }

    /// <summary>Lists version 1 and one that does not exist, so that peers learn to skip what they do not know; returns the length.</summary>
    public static int WriteVersionNegotiation(Span<byte> buffer, in ConnectionId destination, in ConnectionId source)
    {
        var w = new SpanWriter(buffer);
        w.WriteByte(LongForm | FixedBit);
        w.WriteUInt32(0);
        WriteConnectionIds(ref w, destination, source);
        w.WriteUInt32(((uint)Random.Shared.Next() & 0xF0F0F0F0) | 0x0A0A0A0A);
        w.WriteUInt32(Version1);
        return w.Position;
    }

    /// <summary>False when the packet holds no list of versions (RFC 9000 §17.2.1).</summary>
    public static bool TryReadVersionNegotiation(ReadOnlySpan<byte> packet, out bool listsVersion1)
    {
        listsVersion1 = false;
        var reader = new SpanReader(packet);
        if (!reader.TryReadByte(out byte first)
            || (first & LongForm) == 0
            || !reader.TryReadUInt32(out uint version)
            || version != 0
            || !reader.TryReadConnectionId(out _)
            || !reader.TryReadConnectionId(out _)
            || reader.IsAtEnd
            || reader.Rest.Length % sizeof(uint) != 0)
        {
            return false;
        }

        while (reader.TryReadUInt32(out uint listed))
        {
            listsVersion1 |= listed == Version1;
        }

        return true;
    }

    /// <summary>Writes a Retry packet but for its integrity tag.</summary>
    public static void WriteRetryWithoutTag(
        ref SpanWriter w, in ConnectionId destination, in ConnectionId source, scoped ReadOnlySpan<byte> token)
    {
        w.WriteByte((byte)(LongForm | FixedBit | ((int)PacketType.Retry << 4)));
        w.WriteUInt32(Version1);
        WriteConnectionIds(ref w, destination, source);
        w.WriteBytes(token);
    }

    private static void WriteConnectionIds(ref SpanWriter w, in ConnectionId destination, in ConnectionId source)
    {
        w.WriteByte((byte)destination.Length);
        destination.CopyTo(w.Reserve(destination.Length));
        w.WriteByte((byte)source.Length);
        source.CopyTo(w.Reserve(source.Length));
    }

    private static void WritePacketNumber(ref SpanWriter w, long packetNumber, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)packetNumber);
        w.WriteBytes(bytes[^length..]);
    }
}
