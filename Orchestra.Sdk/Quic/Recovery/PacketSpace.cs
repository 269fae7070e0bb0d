namespace Orchestra.Sdk.Quic.Recovery;

/// <summary>A packet number space's sending side, RFC 9002 A.3.</summary>
internal sealed class PacketSpace
{
    public SentPackets Sent { get; } = new();

    public long NextNumber { get; set; }

    /// <summary>-1 when none was acknowledged.</summary>
    public long LargestAcknowledged { get; set; } = -1;

    public long LastAckElicitingTime { get; set; }

    public int AckElicitingInFlight { get; set; }

    /// <summary>When the next packet counts as lost by time; long.MaxValue when none is due.</summary>
    public long LossTime { get; set; } = long.MaxValue;

    /// <summary>A number that was left out to catch a peer that acknowledges what it has not seen; -1 when there is none.</summary>
    public long SkippedNumber { get; set; } = -1;

    /// <summary>Packets that must go out although the window may be full: a probe timeout expired.</summary>
    public int Probes { get; set; }

    public bool IsDiscarded { get; set; }
}
