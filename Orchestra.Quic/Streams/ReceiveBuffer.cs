using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Streams;

/// <summary>Puts the pieces of a stream, or of a level's CRYPTO data, in order.</summary>
internal struct ReceiveBuffer
{
    // A peer that sends single bytes with gaps between costs a range each. In a larger window an honest one, of whose packets every other
    // was lost, leaves more of them: but no more than one for two packets.
    private const int MinRanges = 1024;
    private const int BytesPerRange = 2048;

    private RingBuffer _bytes;
    private RangeSet _received;

    /// <summary>The offset of the next byte to read.</summary>
    public readonly long Start => _bytes.Start;

    /// <summary>One more than the highest offset that came.</summary>
    public long End { get; private set; }

    /// <summary>How many bytes can be read now.</summary>
    public readonly long Available =>
        _received.Count > 0 && _received[0].Start <= _bytes.Start ? _received[0].End - _bytes.Start : 0;

    /// <summary>Stores a piece; what came before is ignored.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="data">The piece.</param>
    /// <param name="window">How much the peer may send beyond what was read.</param>
    /// <exception cref="TransportException">There are too many gaps.</exception>
    public void Write(long offset, ReadOnlySpan<byte> data, long window = 0)
    {
        long end = offset + data.Length;
        long previousEnd = End;
        End = Math.Max(End, end);
        if (end <= _bytes.Start)
        {
            return;
        }

        if (offset < _bytes.Start)
        {
            data = data[(int)(_bytes.Start - offset)..];
            offset = _bytes.Start;
        }

        _bytes.Write(offset, data, previousEnd);
        _received.Add(offset, end);
        if (_received.Count > Math.Max(MinRanges, window / BytesPerRange))
        {
            throw new TransportException(TransportErrorCode.InternalError, "the data came in too many pieces", (long)FrameType.Stream);
        }
    }

    /// <summary>Reads what is in order.</summary>
    public int Read(Span<byte> destination)
    {
        int length = (int)Math.Min(destination.Length, Available);
        if (length > 0)
        {
            _bytes.Read(_bytes.Start, destination[..length]);
            Consume(length);
        }

        return length;
    }

    /// <summary>Drops everything that is stored. What was to be read up to the highest offset counts as read.</summary>
    /// <param name="end">An offset that counts as received too, whether the data came or not.</param>
    public void Discard(long end = 0)
    {
        End = Math.Max(End, end);
        _received.Clear();
        _bytes.Advance(End, End);
    }

    private void Consume(int length)
    {
        long start = _bytes.Start + length;
        _received.Remove(0, start);
        _bytes.Advance(start, End);
    }
}
