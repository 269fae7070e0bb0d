using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Quic.Endpoint;

/// <summary>Sends what connections have to say. Safe for concurrent use.</summary>
internal sealed class DatagramSender(IDatagramSocket socket)
{
    // What the kernel takes at once is less than 64 KiB, and of small ones 64. More gains nothing: the first would wait for the last.
    private const int MaxBatch = 7 * ConnectionCore.LargestDatagramSize;

    private const long Second = 1_000_000;

    [ThreadStatic]
    private static byte[]? _threadBuffer;

    // Some paths and devices take no batches, and those may change.
    private readonly GrowingWait _withoutBatches = new(Second, longest: 1024 * Second);
    private long _batchesFrom;

    /// <summary>Sends all that a connection may send now; its lock is held.</summary>
    public void SendAll(ConnectionCore core, long now)
    {
        byte[] buffer = _threadBuffer ??= GC.AllocateUninitializedArray<byte>(MaxBatch);
        SocketAddress? remote = null;
        int start = 0;
        int end = 0;
        int size = 0;
        int length;
        while ((length = core.Send(buffer.AsSpan(end), now)) > 0)
        {
            // All of a batch but the last have one size.
            if (end > start && (length > size || !ReferenceEquals(remote, core.RemoteAddress)))
            {
                Send(buffer.AsSpan(start, end - start), size, remote!, now);
                start = end;
            }

            if (end == start)
            {
                size = length;
                remote = core.RemoteAddress;
            }

            end += length;
            if (length < size || buffer.Length - end < core.DatagramSize)
            {
                Send(buffer.AsSpan(start, end - start), size, remote!, now);
                start = 0;
                end = 0;
            }
        }

        if (end > start)
        {
            Send(buffer.AsSpan(start, end - start), size, remote!, now);
        }
    }

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
