namespace Orchestra.Quic.Streams;

/// <summary>What streams may take of our memory.</summary>
internal sealed record StreamOptions
{
    /// <summary>What the peer may send beyond what was read, on one stream.</summary>
    public long Window { get; init; } = 1024 * 1024;

    /// <summary>What the peer may send beyond what was read, on all streams.</summary>
    public long ConnectionWindow { get; init; } = 4 * 1024 * 1024;

    /// <summary>What is kept of a stream until the peer has it.</summary>
    public int SendBufferSize { get; init; } = 512 * 1024;

    /// <summary>How many bidirectional streams the peer may have open.</summary>
    public int MaxBidirectional { get; init; } = 100;

    /// <summary>How many unidirectional streams the peer may have open.</summary>
    public int MaxUnidirectional { get; init; }
}
