namespace Orchestra.Quic.Recovery;

/// <summary>
/// Ranges of offsets, sorted, apart from one another. Usually none or one, so a small array does; where a peer makes it many they are
/// found by halving.
/// </summary>
internal struct RangeSet
{
    private (long Start, long End)[]? _ranges;

    public int Count { get; private set; }

    /// <summary>How many ranges were looked at so far: what a peer's frames cost, for tests.</summary>
    public long Looks { get; private set; }

    public readonly (long Start, long End) this[int index] => _ranges![index];

    /// <summary>Adds [start, end), joining what it touches.</summary>
    public void Add(long start, long end)
    {
        if (start >= end)
        {
            return;
        }

        int first = FirstThatEndsAfter(start - 1);
        int last = first;
        while (last < Count && _ranges![last].Start <= end)
        {
            Looks++;
            start = Math.Min(start, _ranges[last].Start);
            end = Math.Max(end, _ranges[last].End);
            last++;
        }

        if (first == last)
        {
            Insert(first, start, end);
            return;
        }

        _ranges![first] = (start, end);
        RemoveFrom(first + 1, last);
    }

    /// <summary>Removes [start, end).</summary>
    public void Remove(long start, long end)
    {
        if (start >= end)
        {
            return;
        }

        int first = FirstThatEndsAfter(start);
        if (first < Count && _ranges![first].Start < start)
        {
            (long rangeStart, long rangeEnd) = _ranges[first];
            _ranges[first++] = (rangeStart, start);
            if (rangeEnd > end)
            {
                Insert(first, end, rangeEnd);
                return;
            }
        }

        int last = first;
        while (last < Count && _ranges![last].End <= end)
        {
            Looks++;
            last++;
        }

        if (last < Count && _ranges![last].Start < end)
        {
            _ranges[last] = (end, _ranges[last].End);
        }

        RemoveFrom(first, last);
    }

    /// <summary>Whether any offset of [start, end) is in it.</summary>
    public bool Overlaps(long start, long end)
    {
        int first = FirstThatEndsAfter(start);
        return first < Count && _ranges![first].Start < end;
    }

    /// <summary>The first range with an offset after this one; <see cref="Count"/> where there is none.</summary>
    public int FirstThatEndsAfter(long offset)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            Looks++;
            int middle = (low + high) >>> 1;
            if (_ranges![middle].End > offset)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    public void Clear() => Count = 0;

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

    private void RemoveFrom(int first, int last)
    {
        if (first < last)
        {
            Array.Copy(_ranges!, last, _ranges!, first, Count - last);
            Count -= last - first;
        }
    }
}
