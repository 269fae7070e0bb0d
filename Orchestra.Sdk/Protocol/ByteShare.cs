using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// What one peer takes of a budget. While there are others it leaves some of it to them; by how much is looked at before it takes, so
/// that what it takes at the same time may go a little beyond it, and never beyond the budget.
/// </summary>
/// <param name="whole">The budget of all.</param>
/// <param name="hasOthers">Whether there are other peers.</param>
internal sealed class ByteShare(ByteBudget whole, Func<bool> hasOthers)
{
    private long _taken;

    /// <inheritdoc cref="ByteBudget.MaxMessage"/>
    public long MaxMessage => whole.MaxMessage;

    public bool TryTake(long count) => MayTake(count) && whole.TryTake(count) && Add(count);

    /// <inheritdoc cref="ByteBudget.TryTakeMore"/>
    public bool TryTakeMore(long count, long had) => (whole.IsAlone(had) || MayTake(count)) && whole.TryTakeMore(count, had) && Add(count);

    public void Release(long count)
    {
        Interlocked.Add(ref _taken, -count);
        whole.Release(count);
    }

    private bool MayTake(long count) =>
        count == 0 || !hasOthers() || FairShare.MayHaveMore(Volatile.Read(ref _taken), whole.Left);

    private bool Add(long count)
    {
        Interlocked.Add(ref _taken, count);
        return true;
    }
}
