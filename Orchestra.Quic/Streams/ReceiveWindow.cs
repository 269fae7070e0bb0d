namespace Orchestra.Quic.Streams;

/// <summary>
/// How much a peer may send beyond what was read, on a stream or on all. How fast it is read says how large that should be; what a peer
/// sends does not. Times are microseconds.
/// </summary>
internal struct ReceiveWindow(long size)
{
    // Who reads a window within so many round trips may have waited for a sender that waited for a limit.
    private const int RoundTrips = 4;

    // Where a half is told at a time, a window must be twice what is on its way; so a third more is enough.
    private const int Parts = 4;

    private const long RestTime = 60 * 1_000_000;

    private long _read;
    private long _since;

    public long Size { get; set; } = size;

    /// <summary>Whether so much was used of what the peer was told that it should be told more.</summary>
    /// <param name="consumed">What was read, or will never be.</param>
    /// <param name="limit">What the peer was told.</param>
    public readonly bool IsRaiseDue(long consumed, long limit) => consumed + Size - limit >= Size / Parts;

    /// <summary>Whether little was read for long.</summary>
    public readonly bool HasRested(long now) => now - _since > RestTime;

    /// <summary>Whether it was read so fast since the last time that a larger one may be of use. To be asked when the peer is told more.</summary>
    /// <param name="read">How much was read in all.</param>
    /// <param name="roundTrip">The shortest: what is longer may be the queue of too large a window. 0 where none is known.</param>
    /// <param name="now">The time.</param>
    public bool WasReadFast(long read, long roundTrip, long now)
    {
        // Who reads late reads much at once: only what goes on for a round trip counts.
        long time = now - _since;
        if (roundTrip == 0 || time < roundTrip)
        {
            return false;
        }

        double windows = (double)(read - _read) / Size;
        _read = read;
        _since = now;
        return time < windows * RoundTrips * roundTrip;
    }
}
