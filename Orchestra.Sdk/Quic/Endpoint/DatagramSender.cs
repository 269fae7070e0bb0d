using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Quic.Connection;

namespace Orchestra.Sdk.Quic.Endpoint;

/// <summary>Sends what connections have to say. Safe for concurrent use.</summary>
/// <param name="socket">The socket.</param>
/// <param name="isConnected">Whether it has one peer only.</param>
internal sealed class DatagramSender(Socket socket, bool isConnected)
{
    // What the kernel takes at once is less than 64 KiB, and of small ones 64. More gains nothing: the first would wait for the last.
    private const int MaxBatch = 7 * ConnectionCore.LargestDatagramSize;

    [ThreadStatic]
    private static byte[]? _threadBuffer;

    private volatile bool _canBatch = LinuxDatagrams.IsSupported;

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
                Send(buffer.AsSpan(start, end - start), size, remote!);
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
                Send(buffer.AsSpan(start, end - start), size, remote!);
                start = 0;
                end = 0;
            }
        }

        if (end > start)
        {
            Send(buffer.AsSpan(start, end - start), size, remote!);
        }
    }

    /// <summary>Sends a datagram. One that cannot be sent is lost, as it may be anywhere on its way.</summary>
    public void Send(ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        try
        {
            if (isConnected)
            {
                socket.Send(datagram);
            }
            else
            {
                socket.SendTo(datagram, SocketFlags.None, remote);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Recovery sends it again; that nobody listens the receiving side is told too.
        }
    }

    /// <summary>Sends datagrams of one size, the last of which may be shorter.</summary>
    private void Send(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote)
    {
        if (datagrams.Length > size && _canBatch)
        {
            try
            {
                if (LinuxDatagrams.TrySend(socket, datagrams, size, isConnected ? null : remote))
                {
                    return;
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            // Whatever the reason was, they can go one by one, now and from now on.
            _canBatch = false;
        }

        for (; datagrams.Length > 0; datagrams = datagrams[Math.Min(size, datagrams.Length)..])
        {
            Send(datagrams[..Math.Min(size, datagrams.Length)], remote);
        }
    }
}
