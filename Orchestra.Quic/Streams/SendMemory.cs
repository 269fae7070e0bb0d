using Orchestra.Quic.Recovery;

namespace Orchestra.Quic.Streams;

/// <summary>
/// How much is kept of what was written to streams until the peer has it. Each stream may have some. Beyond that a connection may have
/// what its path needs to be full, which is shown by how fast the peer acknowledges.
/// </summary>
internal sealed class SendMemory(StreamOptions options, RttEstimator roundTrips, GrowthShare growth)
{
    // Twice what the path has on its way: so much may wait in it too, or still be written.
    private const int RoundTrips = 2;

    private GrowingWindow _window = new(options.SendBufferSize);
    private long _acknowledged;

    /// <summary>How much is kept of all streams.</summary>
    public long Kept { get; private set; }

    /// <summary>How much more a stream takes.</summary>
    /// <param name="kept">What is kept of it.</param>
    public int Room(long kept) => (int)Math.Max(0, Math.Max(options.SendBufferSize - kept, _window.Size - Kept));

    /// <summary>Whether it is worth while to tell who writes to a stream that there is room again.</summary>
    public bool HasAmpleRoom(long kept) => Room(kept) >= options.SendBufferSize / 2;

    public void OnWritten(long bytes) => Kept += bytes;

    public void OnAcknowledged(long bytes)
    {
        Kept -= bytes;
        _acknowledged += bytes;
    }

    /// <summary>So much will never be sent, or not again.</summary>
    public void OnDropped(long bytes) => Kept -= bytes;

    /// <summary>Grows where the peer acknowledges fast, and goes back to its first size after a rest.</summary>
    public void Resize(long now)
    {
        long size = _window.Size;
        if (_window.IsLookDue(_acknowledged))
        {
            if (_window.IsUsedUpWithin(RoundTrips, _acknowledged, roundTrips.Minimum, now)
                && 2 * size <= options.MaxSendBufferSize && growth.TryTake(size))
            {
                _window.Size = 2 * size;
            }
        }
        else if (size > options.SendBufferSize && Kept <= options.SendBufferSize && _window.HasRested(now))
        {
            growth.GiveBack(size - options.SendBufferSize);
            _window.Size = options.SendBufferSize;
        }
    }
}
