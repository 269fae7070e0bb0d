namespace Orchestra.Quic.Recovery;

/// <summary>Learns what became of the frames that were sent.</summary>
internal interface IRecoveryOwner
{
    void OnAcknowledged(int space, in SentFrame frame);

    void OnLost(int space, in SentFrame frame);
}
