namespace Orchestra.Quic.Recovery;

/// <summary>Learns what became of the frames that were sent.</summary>
internal interface ISentFrameSink
{
    void OnAcknowledged(PacketNumberSpace space, in SentFrame frame);

    /// <summary>The frame is to be sent again where it is still of use. It may be on its way still, and told of more than once.</summary>
    void OnLost(PacketNumberSpace space, in SentFrame frame);
}
