namespace Orchestra.Quic.Wire;

/// <summary>The ranges of an ACK frame, from the largest down. They were checked when read: none is negative (RFC 9000 §19.3.1).</summary>
internal readonly ref struct AckRanges
{
    private readonly long _firstRange;
    private readonly ReadOnlySpan<byte> _rest;

    private AckRanges(long largest, long firstRange, ReadOnlySpan<byte> rest)
    {
        LargestAcknowledged = largest;
        _firstRange = firstRange;
        _rest = rest;
    }

    public long LargestAcknowledged { get; }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Reads <paramref name="count"/> further ranges; null when all is well, or else what is wrong.</summary>
    public static string? Read(scoped ref SpanReader reader, long largest, long firstRange, long count, out AckRanges ranges)
    {
        ranges = default;
        long smallest = largest - firstRange;
        if (smallest < 0)
        {
            return "the first ACK range goes below packet number 0";
        }

        ReadOnlySpan<byte> start = reader.Rest;
        int from = reader.Position;
        for (long i = 0; i < count; i++)
        {
            if (!reader.TryReadVarInt(out long gap) || !reader.TryReadVarInt(out long length))
            {
                return "the ACK ranges are cut off";
            }

            // Step by step: the sum of all three could overflow.
            smallest -= gap + 2;
            if (smallest < length)
            {
                return "an ACK range goes below packet number 0";
            }

            smallest -= length;
        }

        ranges = new AckRanges(largest, firstRange, start[..(reader.Position - from)]);
        return null;
    }

    internal ref struct Enumerator
    {
        private SpanReader _reader;
        private bool _started;

        internal Enumerator(AckRanges ranges)
        {
            _reader = new SpanReader(ranges._rest);
            Current = new PacketRange(ranges.LargestAcknowledged - ranges._firstRange, ranges.LargestAcknowledged);
        }

        public PacketRange Current { get; private set; }

        public bool MoveNext()
        {
            if (!_started)
            {
                _started = true;
                return true;
            }

            if (!_reader.TryReadVarInt(out long gap) || !_reader.TryReadVarInt(out long length))
            {
                return false;
            }

            long largest = Current.Smallest - gap - 2;
            Current = new PacketRange(largest - length, largest);
            return true;
        }
    }
}
