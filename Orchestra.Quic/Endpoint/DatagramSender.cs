using System.Net;

namespace Orchestra.Quic.Endpoint;

/// <summary>Sends what connections have to say. Safe for concurrent use.</summary>
internal sealed class DatagramSender(IDatagramSocket socket)
{
    private const long Second = 1_000_000;

    // Some paths and devices take no batches, and those may change.
    private readonly GrowingWait _withoutBatches = new(Second, longest: 1024 * Second);
    private long _batchesFrom;

    /// <summary>Sends a datagram. One that cannot be sent is lost, as it may be anywhere on its way.</summary>
    public void Send(ReadOnlySpan<byte> datagram, SocketAddress remote) => socket.Send(datagram, remote);

    /// <summary>Sends datagrams of one size, the last of which may be shorter.</summary>
    public void Send(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote, long now)
    {
        if (datagrams.Length > size && socket.CanBatch && now >= Volatile.Read(ref _batchesFrom))
        {
            switch (socket.SendBatch(datagrams, size, remote))
            {
                case SendStatus.Sent:
                    OnBatchSent();
                    return;
                case SendStatus.Lost:
                    return;
                case SendStatus.NotAsBatch:
                    OnBatchRefused(now);
                    break;
            }
        }

        for (; datagrams.Length > 0; datagrams = datagrams[Math.Min(size, datagrams.Length)..])
        {
            Send(datagrams[..Math.Min(size, datagrams.Length)], remote);
        }
    }

    private void OnBatchSent()
    {
        if (Volatile.Read(ref _batchesFrom) != 0)
        {
            lock (_withoutBatches)
            {
                _batchesFrom = 0;
                _withoutBatches.Reset();
            }
        }
    }

    private void OnBatchRefused(long now)
    {
        lock (_withoutBatches)
        {
            // Others may have found out at the same time.
            if (now >= _batchesFrom)
            {
                _batchesFrom = now + _withoutBatches.Next();
            }
        }
    }
}
