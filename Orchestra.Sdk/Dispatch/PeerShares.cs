using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The peers that there are, each with its share.</summary>
/// <param name="bytes">What the messages of all may take.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class PeerShares(ByteBudget bytes, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PeerShare> _known = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The share that a connection counts for, until it leaves.</summary>
    /// <param name="id">Who it is; null for a peer of its own.</param>
    public PeerShare Enter(string? id)
    {
        lock (_gate)
        {
            if (id is null || !_known.TryGetValue(id, out PeerShare? share))
            {
                share = new PeerShare(id, this, bytes, timeProvider);
                _count++;
                if (id is not null)
                {
                    _known.Add(id, share);
                }
            }

            share.Connections++;
            return share;
        }
    }

    public void Leave(PeerShare share)
    {
        lock (_gate)
        {
            if (--share.Connections > 0)
            {
                return;
            }

            _count--;
            if (share.Id is not null)
            {
                _known.Remove(share.Id);
            }
        }
    }
}
