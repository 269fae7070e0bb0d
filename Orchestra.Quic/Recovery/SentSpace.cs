namespace Orchestra.Quic.Recovery;

/// <summary>What was sent in a packet number space, RFC 9002 A.3.</summary>
internal sealed class SentSpace(PacketNumberSpace id)
{
    // About one packet number in so many is left out.
    private const int SkipInterval = 256;

    // What was sent is acknowledged, lost, discarded or outstanding. Fields and not properties: they are structs that change.
    public PacketTally TotalSent;
    public PacketTally TotalAcknowledged;
    public PacketTally TotalLost;
    public PacketTally TotalDiscarded;

    private long _nextSkip = Random.Shared.Next(16, SkipInterval);

    // What was sent before this number was offered to a probe already; what was sent from the other on is a probe itself.
    private long _probedBelow;
    private long _probeEnd;

    public PacketNumberSpace Id { get; } = id;

    /// <summary>What is outstanding.</summary>
    public SentPackets Packets { get; } = new();

    public long NextNumber { get; set; }

    /// <summary>-1 when none was acknowledged.</summary>
    public long LargestAcknowledged { get; set; } = -1;

    public long LastAckElicitingTime { get; set; }

    public int AckElicitingInFlight { get; set; }

    /// <summary>When the next packet counts as lost by time.</summary>
    public long LossTime { get; set; } = Instant.Never;

    /// <summary>A number that was left out to catch a peer that acknowledges what it has not seen; -1 when there is none.</summary>
    public long SkippedNumber { get; private set; } = -1;

    /// <summary>Packets that must go out although the window may be full: a probe timeout expired.</summary>
    public int Probes { get; set; }

    public bool IsDiscarded { get; set; }

    /// <summary>Leaves out a number now and then: who acknowledges it did not receive what it says, RFC 9000 §21.4.</summary>
    public void SkipNumber()
    {
        if (NextNumber >= _nextSkip)
        {
            SkippedNumber = NextNumber++;
            _nextSkip = NextNumber + Random.Shared.Next(SkipInterval / 2, SkipInterval * 2);
        }
    }

    /// <summary>Asks for probes: two, so that a single loss among them does not double the wait, RFC 9002 §6.2.4.</summary>
    public void RequestProbes()
    {
        Probes = AckElicitingInFlight > 0 ? 2 : 1;
        _probeEnd = Packets.End;
    }

    /// <summary>
    /// An outstanding packet whose frames a probe may carry: the oldest that no probe was offered yet, so that the next one carries
    /// something else. Only where all were they come again. Null where there is none.
    /// </summary>
    public SentPacket? TakeProbeCandidate() =>
        TakeProbeCandidate(Math.Max(_probedBelow, Packets.First), _probeEnd)
        ?? TakeProbeCandidate(Packets.First, Math.Min(_probedBelow, _probeEnd));

    /// <summary>Nothing of it is awaited any more: no loss, and no answer to a probe.</summary>
    public void StopTimers()
    {
        LossTime = Instant.Never;
        Probes = 0;
    }

    private SentPacket? TakeProbeCandidate(long from, long end)
    {
        for (long number = from; number < end; number++)
        {
            if (Packets[number] is { IsAckEliciting: true, IsSizeProbe: false } packet)
            {
                _probedBelow = number + 1;
                return packet;
            }
        }

        return null;
    }
}
