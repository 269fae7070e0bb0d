using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Quic.Connection;

namespace Orchestra.Sdk.Quic.Endpoint;

/// <summary>Sends what connections have to say. Safe for concurrent use.</summary>
/// <param name="socket">The socket.</param>
/// <param name="isConnected">Whether it has one peer only.</param>
internal sealed class DatagramSender(Socket socket, bool isConnected)
{
    /// <summary>Sends all that a connection may send now; its lock is held.</summary>
    public void SendAll(ConnectionCore core, long now)
    {
        Span<byte> buffer = stackalloc byte[ConnectionCore.MaxDatagramSize];
        int length;
        while ((length = core.Send(buffer, now)) > 0)
        {
            Send(buffer[..length], core.RemoteAddress);
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
}
