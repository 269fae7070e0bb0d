namespace Orchestra.Quic.Recovery;

/// <summary>What was sent in all packet number spaces.</summary>
internal sealed class SentSpaces
{
    private readonly SentSpace[] _all =
        [new(PacketNumberSpace.Initial), new(PacketNumberSpace.Handshake), new(PacketNumberSpace.Application)];

    public ReadOnlySpan<SentSpace> All => _all;

    public SentSpace this[PacketNumberSpace space] => _all[(int)space];

    /// <summary>The place in the order of sending of the oldest packet that is outstanding; long.MaxValue where none is.</summary>
    public long OldestOutstanding
    {
        get
        {
            long oldest = long.MaxValue;
            foreach (SentSpace space in _all)
            {
                oldest = Math.Min(oldest, space.Packets[space.Packets.First]?.Order ?? long.MaxValue);
            }

            return oldest;
        }
    }

    public bool HasAckElicitingInFlight
    {
        get
        {
            foreach (SentSpace space in _all)
            {
                if (space.AckElicitingInFlight > 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The space in which a packet counts as lost first by time, RFC 9002 A.8.</summary>
    public SentSpace FirstLoss
    {
        get
        {
            SentSpace first = _all[0];
            foreach (SentSpace space in _all)
            {
                first = space.LossTime < first.LossTime ? space : first;
            }

            return first;
        }
    }
}
