using System.Buffers.Binary;

namespace Orchestra.Quic.Wire;

/// <summary>Reads forward. Nothing throws: each read says whether there were bytes enough, and takes none if not.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> buffer)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;

    public int Position { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _buffer[Position..];

    public readonly bool IsAtEnd => Position == _buffer.Length;

    public bool TryReadByte(out byte value)
    {
        if (IsAtEnd)
        {
            value = 0;
            return false;
        }

        value = _buffer[Position++];
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(Rest, out value))
        {
            return false;
        }

        Position += sizeof(uint);
        return true;
    }

    public bool TryReadVarInt(out long value)
    {
        bool read = VarInt.TryRead(Rest, out value, out int length);
        Position += length;
        return read;
    }

    public bool TryReadBytes(long length, out ReadOnlySpan<byte> bytes)
    {
        if (length > _buffer.Length - Position)
        {
            bytes = default;
            return false;
        }

        bytes = _buffer.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    /// <summary>A connection id behind one byte that tells its length; false too when it is longer than version 1 allows.</summary>
    public bool TryReadConnectionId(out ConnectionId id)
    {
        int start = Position;
        if (TryReadByte(out byte length)
            && length <= ConnectionId.MaxLength
            && TryReadBytes(length, out ReadOnlySpan<byte> bytes))
        {
            id = ConnectionId.Of(bytes);
            return true;
        }

        Position = start;
        id = default;
        return false;
    }
}
