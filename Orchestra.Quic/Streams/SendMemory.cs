using Orchestra.Quic.Recovery;

namespace Orchestra.Quic.Streams;

/// <summary>
/// How much is kept of what was written to streams until the peer has it. Each stream may have some; beyond that a connection may
/// have about twice of what is on its way, which grows with what the peer acknowledges.
/// </summary>
internal sealed class SendMemory(StreamOptions options, CongestionController congestion, GrowthShare growth)
{
    private long _grown;

    /// <summary>How much is kept of all streams.</summary>
    public long Kept { get; private set; }

    private long Limit => options.SendBufferSize + _grown;

    /// <summary>How much more a stream takes.</summary>
    /// <param name="kept">What is kept of it.</param>
    public int Room(long kept) => (int)Math.Max(0, Math.Max(options.SendBufferSize - kept, Limit - Kept));

    /// <summary>Whether it is worth while to tell who writes to a stream that there is room again.</summary>
    public bool HasAmpleRoom(long kept) => Room(kept) >= options.SendBufferSize / 2;

    public void OnWritten(long bytes) => Kept += bytes;

    /// <summary>The peer has some, or will never have it.</summary>
    public void OnForgotten(long bytes)
    {
        Kept -= bytes;
        if (Kept == 0 && _grown > 0)
        {
            growth.GiveBack(_grown);
            _grown = 0;
        }
    }

    /// <summary>The peer acknowledges, and who writes waits.</summary>
    public void Grow()
    {
        long limit = Limit;
        if (2 * congestion.BytesInFlight >= limit && 2 * limit <= options.MaxSendBufferSize && growth.TryTake(limit))
        {
            _grown += limit;
        }
    }
}
