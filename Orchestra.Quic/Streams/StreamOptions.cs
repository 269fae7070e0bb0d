namespace Orchestra.Quic.Streams;

/// <summary>What streams may take of our memory.</summary>
internal sealed record StreamOptions
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>What the peer may send beyond what was read, on one stream: at first.</summary>
    public long Window { get; init; } = Mebibyte;

    /// <summary>What the peer may send beyond what was read, on all streams: at first.</summary>
    public long ConnectionWindow { get; init; } = 4 * Mebibyte;

    /// <summary>What that becomes at the most where all is read fast, by doubling. A stream has half of it at the most.</summary>
    public long MaxConnectionWindow { get; init; } = 32 * Mebibyte;

    /// <summary>What is kept of a stream until the peer has it, however many others there are.</summary>
    public int SendBufferSize { get; init; } = Mebibyte / 2;

    /// <summary>What is kept of all streams at the most where so much is on its way, by doubling.</summary>
    public int MaxSendBufferSize { get; init; } = 16 * Mebibyte;

    /// <summary>By how much all connections with these options may grow beyond what each begins with.</summary>
    public GrowthBudget Growth { get; init; } = new(64 * Mebibyte);

    /// <summary>How many bidirectional streams the peer may have open.</summary>
    public int MaxBidirectional { get; init; } = 100;

    /// <summary>How many unidirectional streams the peer may have open.</summary>
    public int MaxUnidirectional { get; init; }
}
