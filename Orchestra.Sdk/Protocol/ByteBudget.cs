namespace Orchestra.Sdk.Protocol;

/// <summary>How many bytes may be taken at once. Nobody waits for it: who gets none says that it is overloaded.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _taken;

    public bool TryTake(long count)
    {
        long taken = Volatile.Read(ref _taken);
        while (count == 0 || taken + count <= limit)
        {
            long seen = Interlocked.CompareExchange(ref _taken, taken + count, taken);
            if (seen == taken)
            {
                return true;
            }

            taken = seen;
        }

        return false;
    }

    public void Release(long count) => Interlocked.Add(ref _taken, -count);
}
