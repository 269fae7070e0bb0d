using Orchestra.Quic.Recovery;

namespace Orchestra.Quic.Streams;

/// <summary>
/// What a stream, or a level's CRYPTO data, still has to deliver: bytes stay until they are acknowledged, and what was lost goes out
/// before what is new. Flow control is the caller's.
/// </summary>
internal struct SendBuffer
{
    // A peer that acknowledges every other piece costs a range each. Where so much is kept an honest one comes to more.
    private const int MinAcknowledged = 1024;
    private const int BytesPerAcknowledged = 2048;

    private RingBuffer _bytes;
    private RangeSet _acknowledged;
    private RangeSet _lost;
    private bool _finLost;

    /// <summary>One more than the last offset that was written.</summary>
    public long End { get; private set; }

    /// <summary>The first offset that was never sent.</summary>
    public long Next { get; private set; }

    public bool HasFin { get; private set; }

    public bool FinSent { get; private set; }

    public bool FinAcknowledged { get; private set; }

    /// <summary>How many bytes wait for their acknowledgment or to be sent.</summary>
    public readonly long Buffered => End - _bytes.Start;

    public readonly bool HasLost => _lost.Count > 0 || _finLost;

    /// <summary>Whether everything, the end too, has arrived.</summary>
    public readonly bool IsComplete => FinAcknowledged && Buffered == 0;

    public void Write(ReadOnlySpan<byte> data)
    {
        _bytes.Write(End, data, End);
        End += data.Length;
    }

    public void Finish() => HasFin = true;

    /// <summary>Whether there is anything to send within a flow control limit.</summary>
    public readonly bool HasPending(long limit) => HasLost || Next < Math.Min(End, limit) || (HasFin && !FinSent && Next == End);

    /// <summary>The next piece to send: lost bytes first, then new ones up to the limit.</summary>
    public readonly (long Offset, int Length, bool IsRetransmission) Peek(long limit)
    {
        if (_lost.Count > 0)
        {
            (long start, long end) = _lost[0];
            return (start, (int)Math.Min(end - start, int.MaxValue), true);
        }

        long available = Math.Max(0, Math.Min(End, limit) - Next);
        return (Next, (int)Math.Min(available, int.MaxValue), false);
    }

    public readonly void Read(long offset, Span<byte> destination)
    {
        if (!destination.IsEmpty)
        {
            _bytes.Read(offset, destination);
        }
    }

    public void OnSent(long offset, int length, bool fin)
    {
        _lost.Remove(offset, offset + length);
        Next = Math.Max(Next, offset + length);
        if (fin)
        {
            FinSent = true;
            _finLost = false;
        }
    }

    public void OnLost(long offset, int length, bool fin)
    {
        // A probe may have offered it already, or a copy of it may have arrived.
        long start = Math.Max(offset, _bytes.Start);
        long end = offset + length;
        _lost.Add(start, end);
        for (int i = _acknowledged.FirstThatEndsAfter(start); i < _acknowledged.Count && _acknowledged[i].Start < end; i++)
        {
            _lost.Remove(_acknowledged[i].Start, _acknowledged[i].End);
        }

        _finLost |= fin && !FinAcknowledged;
    }

    /// <returns>Whether room was made.</returns>
    public bool OnAcknowledged(long offset, int length, bool fin)
    {
        if (fin)
        {
            FinAcknowledged = true;
            _finLost = false;
        }

        long end = offset + length;
        _lost.Remove(offset, end);
        _acknowledged.Add(Math.Max(offset, _bytes.Start), end);
        if (_acknowledged.Count > Math.Max(MinAcknowledged, Buffered / BytesPerAcknowledged))
        {
            // That one is forgotten, and sent again.
            (long lastStart, long lastEnd) = _acknowledged[_acknowledged.Count - 1];
            _acknowledged.Remove(lastStart, lastEnd);
            _lost.Add(lastStart, lastEnd);
        }

        if (_acknowledged.Count == 0 || _acknowledged[0].Start > _bytes.Start)
        {
            return false;
        }

        long start = _acknowledged[0].End;
        _acknowledged.Remove(0, start);
        _bytes.Advance(start, End);
        return true;
    }

    /// <summary>Drops everything, and what was not sent yet never will be: the stream was reset, or the level is over.</summary>
    public void Clear()
    {
        End = Next;
        HasFin = false;
        _bytes.Advance(End, End);
        _lost.Clear();
        _acknowledged.Clear();
        _finLost = false;
    }
}
