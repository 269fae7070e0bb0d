using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orchestra.Sdk.Quic.Wire;

/// <summary>A connection id of 0 to 20 bytes, held inline. Its hash is seeded per process, so peers cannot make ids collide.</summary>
internal readonly struct ConnectionId : IEquatable<ConnectionId>
{
    public const int MaxLength = 20;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly uint _third;
    private readonly byte _length;

    private ConnectionId(ReadOnlySpan<byte> padded, int length)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _second = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
        _third = BinaryPrimitives.ReadUInt32BigEndian(padded[16..]);
        _length = (byte)length;
    }

    public int Length => _length;

    public static ConnectionId Of(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxLength);
        Span<byte> padded = stackalloc byte[MaxLength];
        padded.Clear();
        bytes.CopyTo(padded);
        return new ConnectionId(padded, bytes.Length);
    }

    public static ConnectionId Random(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Span<byte> bytes = stackalloc byte[length];
        RandomNumberGenerator.Fill(bytes);
        return Of(bytes);
    }

    /// <summary>Writes the id's <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        BinaryPrimitives.WriteUInt64BigEndian(padded, _first);
        BinaryPrimitives.WriteUInt64BigEndian(padded[8..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(padded[16..], _third);
        padded[..Length].CopyTo(destination);
    }

    public bool Equals(ConnectionId other) =>
        _first == other._first && _second == other._second && _third == other._third && _length == other._length;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ConnectionId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_first, _second, _third, _length);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static bool operator ==(ConnectionId left, ConnectionId right) => left.Equals(right);

    public static bool operator !=(ConnectionId left, ConnectionId right) => !left.Equals(right);
}
