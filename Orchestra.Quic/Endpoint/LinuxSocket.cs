using System.Net;
using System.Net.Sockets;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// A UDP socket of Linux, by its own calls: any socket of .NET starts a thread that looks for events of sockets, which nobody needs here, and
/// which a plugin would wait for at its start. Safe for concurrent use.
/// </summary>
internal sealed class LinuxSocket : IDatagramSocket
{
    // The kernel grants what it allows; a burst of a few thousand packets should not be lost on the way to us.
    private const int BufferSize = 4 * 1024 * 1024;

    private readonly LinuxSocketHandle _socket;
    private readonly bool _isConnected;
    private volatile bool _isClosed;

    private LinuxSocket(LinuxSocketHandle socket, bool isConnected, AddressFamily family)
    {
        _socket = socket;
        _isConnected = isConnected;
        LocalEndPoint = socket.LocalEndPoint(family);
        LinuxDatagrams.EnableReceiving(socket, family);
    }

    public IPEndPoint LocalEndPoint { get; }

    public LinuxSocketHandle Handle => _socket;

    public bool CanBatch => true;

    /// <exception cref="SocketException">The address is in use, not this machine's, or not allowed.</exception>
    public static LinuxSocket Bind(IPEndPoint endPoint) => Create(endPoint, isConnected: false);

    /// <summary>For one peer only: the kernel drops what others send, and says when nobody listens there.</summary>
    /// <exception cref="SocketException">There is no way to the address.</exception>
    public static LinuxSocket Connect(IPEndPoint endPoint) => Create(endPoint, isConnected: true);

    public void Send(ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        try
        {
            // One that cannot be sent recovery sends again; that nobody listens the receiving side is told too.
            LinuxDatagrams.Send(_socket, datagram, _isConnected ? null : remote);
        }
        catch (ObjectDisposedException)
        {
            // As if it were lost.
        }
    }

    public SendStatus SendBatch(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote)
    {
        try
        {
            return LinuxDatagrams.Send(_socket, datagrams, size, _isConnected ? null : remote);
        }
        catch (ObjectDisposedException)
        {
            return SendStatus.Lost;
        }
    }

    public ReceiveStatus Receive(Span<byte> buffer, SocketAddress remote, bool wait, out int length, out int size, out int ecn)
    {
        length = 0;
        size = 0;
        ecn = 0;
        try
        {
            ReceiveStatus status = LinuxDatagrams.Receive(_socket, buffer, remote, wait, out length, out size, out ecn);
            return _isClosed ? ReceiveStatus.Closed : status;
        }
        catch (ObjectDisposedException)
        {
            return ReceiveStatus.Closed;
        }
    }

    public void Dispose()
    {
        _isClosed = true;

        // Ends a receive under way, which keeps the handle open.
        _socket.Shutdown();
        _socket.Dispose();
    }

    private static LinuxSocket Create(IPEndPoint endPoint, bool isConnected)
    {
        var socket = LinuxSocketHandle.Open(endPoint.AddressFamily);
        try
        {
            socket.ForbidFragments(endPoint.AddressFamily);
            socket.SetBuffers(BufferSize);
            if (isConnected)
            {
                socket.Connect(endPoint);
            }
            else
            {
                socket.Bind(endPoint);
            }

            return new LinuxSocket(socket, isConnected, endPoint.AddressFamily);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
