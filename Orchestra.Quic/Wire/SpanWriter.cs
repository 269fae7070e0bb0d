using System.Buffers.Binary;

namespace Orchestra.Quic.Wire;

/// <summary>Writes forward into a buffer. Callers look at <see cref="Remaining"/> first.</summary>
internal ref struct SpanWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Position { get; private set; }

    public readonly int Remaining => _buffer.Length - Position;

    public readonly Span<byte> Written => _buffer[..Position];

    public void WriteByte(byte value) => _buffer[Position++] = value;

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[Position..], value);
        Position += sizeof(uint);
    }

    public void WriteVarInt(long value) => Position += VarInt.Write(_buffer[Position..], value);

    public void WriteVarInt(long value, int size)
    {
        VarInt.Write(_buffer[Position..], value, size);
        Position += size;
    }

    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Position..]);
        Position += bytes.Length;
    }

    /// <summary>Takes back what was written since <paramref name="position"/>.</summary>
    public void Rewind(int position) => Position = position;

    /// <summary>Moves on by <paramref name="length"/> and gives the bytes passed over, to be filled in.</summary>
    public Span<byte> Reserve(int length)
    {
        Span<byte> reserved = _buffer.Slice(Position, length);
        Position += length;
        return reserved;
    }
}
