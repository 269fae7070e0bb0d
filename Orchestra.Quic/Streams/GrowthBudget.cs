namespace Orchestra.Quic.Streams;

/// <summary>
/// By how much all connections of an endpoint may grow what they keep, beyond what each has from the first. Who finds nothing left goes
/// on with what it has.
/// </summary>
internal sealed class GrowthBudget(long limit)
{
    private long _taken;

    public long Taken => Volatile.Read(ref _taken);

    /// <param name="bytes">How much more.</param>
    /// <param name="had">How much the connection has taken already.</param>
    public bool TryTake(long bytes, long had)
    {
        long taken = Taken;
        while (bytes <= limit - taken && FairShare.MayHaveMore(had, limit - taken))
        {
            long seen = Interlocked.CompareExchange(ref _taken, taken + bytes, taken);
            if (seen == taken)
            {
                return true;
            }

            taken = seen;
        }

        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
