namespace Orchestra.Quic.Recovery;

/// <summary>
/// Whether all that was sent over a long time was lost, RFC 9002 §7.6: the order in which packets were sent, over all spaces, and
/// which of them arrived.
/// </summary>
internal sealed class PersistentCongestion
{
    private RangeSet _acknowledged;
    private long _sent;

    public void OnSent(SentPacket packet) => packet.Order = _sent++;

    public void OnAcknowledged(SentPacket packet) => _acknowledged.Add(packet.Order, packet.Order + 1);

    /// <summary>What was sent before all that is outstanding matters no more.</summary>
    /// <param name="oldest">The place in the order of the oldest outstanding packet; long.MaxValue where none is.</param>
    public void Forget(long oldest) => _acknowledged.Remove(0, oldest);

    /// <summary>The longest time between two ack-eliciting packets that are lost, with none between them that arrived, §7.6.2.</summary>
    /// <param name="lost">What a space lost just now, in the order of sending.</param>
    /// <param name="firstSampleTime">Only what was sent after the first sample of the round trip counts.</param>
    public long Duration(List<SentPacket> lost, long firstSampleTime)
    {
        SentPacket? first = null;
        long longest = 0;
        foreach (SentPacket packet in lost)
        {
            if (!packet.IsAckEliciting || packet.IsSizeProbe || packet.Time <= firstSampleTime)
            {
                continue;
            }

            if (first is null || _acknowledged.Overlaps(first.Order, packet.Order))
            {
                first = packet;
            }

            longest = Math.Max(longest, packet.Time - first.Time);
        }

        return longest;
    }
}
