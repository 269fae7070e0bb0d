namespace Orchestra.Quic.Recovery;

/// <summary>How many packets, and how many bytes they had.</summary>
internal struct PacketTally
{
    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    public void Add(SentPacket packet)
    {
        Packets++;
        Bytes += packet.Size;
    }
}
