namespace Orchestra.Sdk.Quic.Streams;

/// <summary>Ranges of offsets, sorted, apart from one another. Usually none or one, so a small array does.</summary>
internal struct RangeSet
{
    private (long Start, long End)[]? _ranges;

    public int Count { get; private set; }

    public readonly (long Start, long End) this[int index] => _ranges![index];

    /// <summary>Adds [start, end), joining what it touches.</summary>
    public void Add(long start, long end)
    {
        if (start >= end)
        {
            return;
        }

        int first = 0;
        while (first < Count && _ranges![first].End < start)
        {
            first++;
        }

        int last = first;
        while (last < Count && _ranges![last].Start <= end)
        {
            start = Math.Min(start, _ranges[last].Start);
            end = Math.Max(end, _ranges[last].End);
            last++;
        }

        Replace(first, last, start, end);
    }

    /// <summary>Removes [start, end).</summary>
    public void Remove(long start, long end)
    {
        for (int i = 0; i < Count && start < end; i++)
        {
            (long rangeStart, long rangeEnd) = _ranges![i];
            if (rangeEnd <= start)
            {
                continue;
            }

            if (rangeStart >= end)
            {
                return;
            }

            RemoveAt(i);
            int next = i;
            if (rangeStart < start)
            {
                Insert(next++, rangeStart, start);
            }

            if (rangeEnd > end)
            {
                Insert(next++, end, rangeEnd);
            }

            i = next - 1;
        }
    }

    public void Clear() => Count = 0;

    private void Replace(int first, int last, long start, long end)
    {
        if (first == last)
        {
            Insert(first, start, end);
            return;
        }

        _ranges![first] = (start, end);
        int gone = last - first - 1;
        Array.Copy(_ranges, last, _ranges, first + 1, Count - last);
        Count -= gone;
    }

    private void Insert(int index, long start, long end)
    {
        _ranges ??= new (long, long)[4];
        if (Count == _ranges.Length)
        {
            Array.Resize(ref _ranges, Count * 2);
        }

        Array.Copy(_ranges, index, _ranges, index + 1, Count - index);
        _ranges[index] = (start, end);
        Count++;
    }

    private void RemoveAt(int index)
    {
        Array.Copy(_ranges!, index + 1, _ranges!, index, Count - index - 1);
        Count--;
    }
}
