using System.Numerics;

namespace Orchestra.Quic.Recovery;

/// <summary>The outstanding packets of a packet number space, by number: a ring from the first outstanding to the last sent.</summary>
internal sealed class SentPackets
{
    private SentPacket?[] _ring = [];
    private long _first;
    private int _span;

    /// <summary>The lowest number that may be outstanding.</summary>
    public long First => _first;

    /// <summary>One more than the highest number sent.</summary>
    public long End => _first + _span;

    /// <summary>How many numbers lie between.</summary>
    public int Span => _span;

    public SentPacket? this[long number] =>
        number >= _first && number < End ? _ring[number & (_ring.Length - 1)] : null;

    public void Add(SentPacket packet)
    {
        if (_span == 0)
        {
            _first = packet.Number;
        }

        long span = packet.Number - _first + 1;
        if (span > _ring.Length)
        {
            Grow((int)span);
        }

        // Numbers in between were skipped on purpose and stay empty.
        _ring[packet.Number & (_ring.Length - 1)] = packet;
        _span = (int)span;
    }

    /// <summary>Takes a packet out; the caller returns it to the pool.</summary>
    public SentPacket? Remove(long number)
    {
        SentPacket? packet = this[number];
        if (packet is null)
        {
            return null;
        }

        _ring[number & (_ring.Length - 1)] = null;
        while (_span > 0 && _ring[_first & (_ring.Length - 1)] is null)
        {
            _first++;
            _span--;
        }

        return packet;
    }

    private void Grow(int span)
    {
        var larger = new SentPacket?[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(span, 16))];
        for (long number = _first; number < End; number++)
        {
            larger[number & (larger.Length - 1)] = _ring[number & (_ring.Length - 1)];
        }

        _ring = larger;
    }
}
