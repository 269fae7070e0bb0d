using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Orchestra.Quic.Cryptography;

namespace Orchestra.Quic.Wire;

/// <summary>A connection id of 0 to 20 bytes, held inline.</summary>
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
        SystemRandom.Fill(bytes);
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

    /// <summary>
    /// Keyed per process (Marvin, as for strings): peers choose ids, and must not be able to make many that collide
    /// (CVE-2025-23020, CVE-2025-24946). HashCode.Combine would fold each half first, without a key.
    /// </summary>
    public override int GetHashCode()
    {
        Span<byte> bytes = stackalloc byte[MaxLength + sizeof(char)];
        CopyTo(bytes);
        bytes[Length..].Clear();
        bytes[MaxLength] = _length;
        return string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static bool operator ==(ConnectionId left, ConnectionId right) => left.Equals(right);

    public static bool operator !=(ConnectionId left, ConnectionId right) => !left.Equals(right);
}
