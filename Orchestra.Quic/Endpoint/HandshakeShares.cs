using System.Net;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// How many handshakes each address has under way, so that one cannot take the places of all. On this machine everybody has the same
/// address, and that one is not counted.
/// </summary>
internal sealed class HandshakeShares(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <returns>False where the address has its share.</returns>
    public bool TryAdd(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        lock (_gate)
        {
            int count = _counts.GetValueOrDefault(address);
            if (count >= limit)
            {
                return false;
            }

            _counts[address] = count + 1;
            return true;
        }
    }

    /// <summary>A handshake is over, one way or the other.</summary>
    public void Remove(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return;
        }

        lock (_gate)
        {
            if (--_counts[address] == 0)
            {
                _counts.Remove(address);
            }
        }
    }
}
