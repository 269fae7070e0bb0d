namespace Orchestra.Quic.Streams;

/// <summary>What one connection has taken of the budget of its endpoint.</summary>
internal sealed class GrowthShare(GrowthBudget budget)
{
    public long Taken { get; private set; }

    public bool TryTake(long bytes)
    {
        if (!budget.TryTake(bytes, Taken))
        {
            return false;
        }

        Taken += bytes;
        return true;
    }

    /// <summary>Gives some back; when the connection is over all of it went back before.</summary>
    public void GiveBack(long bytes)
    {
        bytes = Math.Min(bytes, Taken);
        Taken -= bytes;
        budget.GiveBack(bytes);
    }

    /// <summary>The connection is over.</summary>
    public void GiveAllBack() => GiveBack(Taken);
}
