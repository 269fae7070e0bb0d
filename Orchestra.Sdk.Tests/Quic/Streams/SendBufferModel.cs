using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

internal enum SendStep
{
    Write,
    Send,
    Acknowledge,
    Lose,
}

/// <summary>Every byte that was written, and what became of it.</summary>
internal sealed class SendBufferModel
{
    private readonly List<byte> _written = [];
    private readonly HashSet<long> _lost = [];
    private readonly HashSet<long> _acknowledged = [];
    private readonly List<(long Offset, int Length)> _inFlight = [];
    private long _next;

    private long FirstNeeded => Enumerable.Range(0, _written.Count + 1).First(offset => !_acknowledged.Contains(offset));

    public void Do(SendStep what, int size, ref SendBuffer buffer)
    {
        if (what == SendStep.Write)
        {
            byte[] data = [.. Enumerable.Range(_written.Count, size).Select(static offset => (byte)(offset * 7 / 3))];
            buffer.Write(data);
            _written.AddRange(data);
        }
        else if (what == SendStep.Send)
        {
            (long offset, int length, bool _) = buffer.Peek(long.MaxValue);
            Sent(offset, Math.Min(length, size), ref buffer);
        }
        else if (_inFlight.Count > 0)
        {
            // A loss may be wrong, so that an acknowledgment comes after it.
            int index = size % _inFlight.Count;
            (long offset, int length) = _inFlight[index];
            IEnumerable<long> offsets = Offsets(offset, length);
            if (what == SendStep.Lose)
            {
                buffer.OnLost(offset, length, fin: false);
                _lost.UnionWith(offsets.Where(lost => !_acknowledged.Contains(lost)));
                return;
            }

            _inFlight.RemoveAt(index);
            long before = FirstNeeded;
            bool hasRoom = buffer.OnAcknowledged(offset, length, fin: false);
            _acknowledged.UnionWith(offsets);
            _lost.ExceptWith(offsets);
            Assert.That(hasRoom, Is.EqualTo(FirstNeeded > before));
        }
    }

    public void Check(in SendBuffer buffer)
    {
        Assert.That((buffer.End, buffer.Next), Is.EqualTo(((long)_written.Count, _next)));
        Assert.That(buffer.Buffered, Is.EqualTo(_written.Count - FirstNeeded));
        Assert.That(buffer.HasLost, Is.EqualTo(_lost.Count > 0));
        long first = _lost.Count > 0 ? _lost.Min() : _next;
        int length = _lost.Count > 0 ? 1 : _written.Count - (int)_next;
        while (_lost.Contains(first + length))
        {
            length++;
        }

        Assert.That(buffer.Peek(long.MaxValue), Is.EqualTo((first, length, _lost.Count > 0)));
        byte[] data = new byte[length];
        buffer.Read(first, data);
        Assert.That(data, Is.EqualTo(_written.Slice((int)first, length)));
    }

    private static IEnumerable<long> Offsets(long offset, int length) => Enumerable.Range((int)offset, length).Select(static i => (long)i);

    private void Sent(long offset, int length, ref SendBuffer buffer)
    {
        buffer.OnSent(offset, length, fin: false);
        _lost.ExceptWith(Offsets(offset, length));
        _next = Math.Max(_next, offset + length);
        if (length > 0)
        {
            _inFlight.Add((offset, length));
        }
    }
}
