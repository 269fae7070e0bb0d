namespace Orchestra.Quic.Streams;

/// <summary>What a read came to.</summary>
/// <param name="Length">How many bytes were read.</param>
/// <param name="Status">Whether there is more.</param>
/// <param name="ErrorCode">The peer's, of a reset.</param>
internal readonly record struct StreamReadResult(int Length, StreamReadStatus Status, long ErrorCode = 0);

/// <summary>How a read ended.</summary>
internal enum StreamReadStatus
{
    /// <summary>Bytes were read; there may be more.</summary>
    Data,

    /// <summary>Nothing is there yet.</summary>
    WouldBlock,

    /// <summary>Bytes may have been read, and they were the last.</summary>
    Finished,

    /// <summary>The peer gave up its direction.</summary>
    Reset,
}
