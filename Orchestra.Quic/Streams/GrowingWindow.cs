namespace Orchestra.Quic.Streams;

/// <summary>
/// How much a sender may have on its way: the window of a stream or of all of them, or what is kept of what we send. How fast it is used
/// up at the other end says how large it should be; what a peer asks for does not. Times are microseconds.
/// </summary>
internal struct GrowingWindow(long size)
{
    /// <summary>Who reads a window within so many may have waited for a sender that waited for a limit.</summary>
    public const int RoundTripsToRead = 4;

    // Where a half is told at a time, a window must be twice what is on its way; so a third more is enough.
    private const int Parts = 4;

    private const long RestTime = 60 * 1_000_000;

    private long _used;
    private long _since;

    public long Size { get; set; } = size;

    /// <summary>Whether so much was used of what the peer was told that it should be told more.</summary>
    /// <param name="consumed">What was read, or will never be.</param>
    /// <param name="limit">What the peer was told.</param>
    public readonly bool IsRaiseDue(long consumed, long limit) => consumed + Size - limit >= Size / Parts;

    /// <summary>Whether enough was used since the last look for another one.</summary>
    public readonly bool IsLookDue(long used) => used - _used >= Size / Parts;

    /// <summary>Whether little was used for long.</summary>
    public readonly bool HasRested(long now) => now - _since > RestTime;

    /// <summary>Whether all of it would be used up within a few round trips at the pace since the last look. Then a larger one may be of use.</summary>
    /// <param name="used">How much was used in all.</param>
    /// <param name="roundTrip">The shortest: what is longer may be the queue of too large a window. 0 where none is known.</param>
    /// <param name="roundTrips">How many.</param>
    /// <param name="now">The time.</param>
    public bool IsUsedUpWithin(int roundTrips, long used, long roundTrip, long now)
    {
        // Who reads late reads much at once: only what goes on for a round trip counts.
        long time = now - _since;
        if (roundTrip == 0 || time < roundTrip)
        {
            return false;
        }

        double windows = (double)(used - _used) / Size;
        _used = used;
        _since = now;
        return time < windows * roundTrips * roundTrip;
    }
}
