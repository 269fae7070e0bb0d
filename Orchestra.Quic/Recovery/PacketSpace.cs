namespace Orchestra.Quic.Recovery;

/// <summary>A packet number space's sending side, RFC 9002 A.3.</summary>
internal sealed class PacketSpace
{
    // What was sent is acknowledged, lost, discarded or outstanding. Fields and not properties: they are structs that change.
    public PacketTally TotalSent;
    public PacketTally TotalAcknowledged;
    public PacketTally TotalLost;
    public PacketTally TotalDiscarded;

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

    /// <summary>What was sent before this number was offered to a probe already.</summary>
    public long ProbedBelow { get; set; }

    /// <summary>One more than the last number that was sent when the probe timeout expired: later ones are probes themselves.</summary>
    public long ProbeEnd { get; set; }

    public bool IsDiscarded { get; set; }
}
