namespace Orchestra.Quic.Recovery;

/// <summary>Learns what became of the frames that were sent.</summary>
internal interface ISentFrameSink
{
    void OnAcknowledged(PacketNumberSpace space, in SentFrame frame);

    /// <summary>The frame is to be sent again where it is still of use. It may be on its way still, and told of more than once.</summary>
    void OnLost(PacketNumberSpace space, in SentFrame frame);

    /// <summary>A packet is given up, whose frames are told of one by one.</summary>
    /// <param name="space">Where it was sent.</param>
    /// <param name="number">Its number.</param>
    /// <param name="isReordered">Whether it was given up for its number, not for its time.</param>
    void OnPacketLost(PacketNumberSpace space, long number, bool isReordered)
    {
    }
}
