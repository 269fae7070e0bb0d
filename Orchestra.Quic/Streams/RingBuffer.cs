using System.Numerics;

namespace Orchestra.Quic.Streams;

/// <summary>Bytes by their stream offset, from <see cref="Start"/> on. It grows with what is stored and gives all back when empty.</summary>
internal struct RingBuffer
{
    private const int MinimumCapacity = 1024;

    private byte[]? _bytes;
    private int _capacity;

    /// <summary>The first offset that is still needed.</summary>
    public long Start { get; private set; }

    /// <summary>Stores bytes at an offset at or after <see cref="Start"/>.</summary>
    public void Write(long offset, ReadOnlySpan<byte> data, long storedEnd)
    {
        if (data.IsEmpty)
        {
            return;
        }

        EnsureCapacity((int)(offset + data.Length - Start), storedEnd);
        int at = Index(offset);
        int first = Math.Min(data.Length, _capacity - at);
        data[..first].CopyTo(_bytes.AsSpan(at));
        data[first..].CopyTo(_bytes);
    }

    public readonly void Read(long offset, Span<byte> destination)
    {
        int at = Index(offset);
        int first = Math.Min(destination.Length, _capacity - at);
        _bytes.AsSpan(at, first).CopyTo(destination);
        _bytes.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
    }

    /// <summary>Forgets all before an offset.</summary>
    /// <param name="offset">The new start.</param>
    /// <param name="storedEnd">The end of what is stored; where nothing is left the memory goes back.</param>
    public void Advance(long offset, long storedEnd)
    {
        Start = offset;
        if (offset >= storedEnd)
        {
            Release();
        }
    }

    public void Release()
    {
        if (_bytes is not null)
        {
            HeldBuffers.Return(_bytes);
            _bytes = null;
            _capacity = 0;
        }
    }

    private readonly int Index(long offset) => (int)(offset & (_capacity - 1));

    private void EnsureCapacity(int needed, long storedEnd)
    {
        if (needed <= _capacity)
        {
            return;
        }

        // A power of two, so that an offset's place is a mask away; a rented array may be longer than that.
        int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(needed, MinimumCapacity));
        byte[] larger = HeldBuffers.Rent(capacity);
        if (_bytes is not null)
        {
            for (long offset = Start; offset < storedEnd;)
            {
                int from = Index(offset);
                int to = (int)(offset & (capacity - 1));
                int length = (int)Math.Min(storedEnd - offset, Math.Min(_capacity - from, capacity - to));
                _bytes.AsSpan(from, length).CopyTo(larger.AsSpan(to));
                offset += length;
            }

            HeldBuffers.Return(_bytes);
        }

        _bytes = larger;
        _capacity = capacity;
    }
}
