using System.Net;
using System.Net.Sockets;

namespace Orchestra.Quic.Endpoint;

/// <summary>Makes the sockets of endpoints, where that is not Linux.</summary>
internal static class UdpSocket
{
    // The kernel grants what it allows; a burst of a few thousand packets should not be lost on the way to us.
    private const int BufferSize = 4 * 1024 * 1024;

    // Windows: a datagram that nobody took must not make the next receive fail.
    private const int UdpConnectionReset = -1744830452;

    /// <exception cref="SocketException">The address is in use, not this machine's, or not allowed.</exception>
    public static Socket Bind(IPEndPoint endPoint)
    {
        Socket socket = Create(endPoint.AddressFamily);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                socket.IOControl(UdpConnectionReset, [0, 0, 0, 0], null);
                socket.ExclusiveAddressUse = true;
            }

            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>For one peer only: the kernel drops what others send, and says when nobody listens there.</summary>
    /// <exception cref="SocketException">There is no way to the address.</exception>
    public static Socket Connect(IPEndPoint endPoint)
    {
        Socket socket = Create(endPoint.AddressFamily);
        try
        {
            socket.Connect(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>RFC 9000 §14: a datagram that is too large for a link is lost, so that the path's limit shows, and never in pieces.</summary>
    private static void ForbidFragments(Socket socket)
    {
        // IPV6_DONTFRAG: .NET knows only sockets of IPv4.
        const int DarwinDontFragment = 62;
        const int WindowsDontFragment = 14;
        try
        {
            if (socket.AddressFamily == AddressFamily.InterNetwork)
            {
                socket.DontFragment = true;
                return;
            }

            const int IPv6Level = 41;
            if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            {
                socket.SetRawSocketOption(IPv6Level, OperatingSystem.IsWindows() ? WindowsDontFragment : DarwinDontFragment, [1, 0, 0, 0]);
            }
        }
        catch (SocketException)
        {
            // Then routers may still do it, as they did without this.
        }
    }

    private static Socket Create(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        ForbidFragments(socket);
        try
        {
            socket.ReceiveBufferSize = BufferSize;
            socket.SendBufferSize = BufferSize;
        }
        catch (SocketException)
        {
            // Some systems refuse where others give less.
        }

        return socket;
    }
}
