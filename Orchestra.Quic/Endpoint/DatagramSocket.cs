using System.Net;
using System.Net.Sockets;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// A socket of .NET, which takes one datagram at a time; on Linux there is <see cref="LinuxSocket"/>. Safe for concurrent use.
/// </summary>
internal sealed class DatagramSocket : IDatagramSocket
{
    /// <summary>How long a closed socket may go unnoticed where closing it ends no receive.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly bool _isConnected;
    private readonly bool _closingEndsReceive;
    private volatile bool _isClosed;

    /// <exception cref="SocketException">The address is in use, not this machine's, or not allowed.</exception>
    public static IDatagramSocket Bind(IPEndPoint endPoint) =>
        LinuxDatagrams.IsSupported ? LinuxSocket.Bind(endPoint) : new DatagramSocket(UdpSocket.Bind(endPoint), isConnected: false);

    /// <summary>For one peer only: the kernel drops what others send, and says when nobody listens there.</summary>
    /// <exception cref="SocketException">There is no way to the address.</exception>
    public static IDatagramSocket Connect(IPEndPoint endPoint) =>
        LinuxDatagrams.IsSupported ? LinuxSocket.Connect(endPoint) : new DatagramSocket(UdpSocket.Connect(endPoint), isConnected: true);

    /// <param name="socket">The socket, which is owned from now on.</param>
    /// <param name="isConnected">Whether it has one peer only.</param>
    public DatagramSocket(Socket socket, bool isConnected)
        : this(socket, isConnected, closingEndsReceive: OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
    {
    }

    /// <summary>As above, where the system, as macOS, goes on receiving from a socket that is closed meanwhile.</summary>
    internal DatagramSocket(Socket socket, bool isConnected, bool closingEndsReceive)
    {
        _socket = socket;
        _isConnected = isConnected;
        _closingEndsReceive = closingEndsReceive;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint LocalEndPoint { get; }

    public bool CanBatch => false;

    public void Send(ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        try
        {
            if (_isConnected)
            {
                _socket.Send(datagram);
            }
            else
            {
                _socket.SendTo(datagram, SocketFlags.None, remote);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Recovery sends it again; that nobody listens the receiving side is told too.
        }
    }

    public SendStatus SendBatch(ReadOnlySpan<byte> datagrams, int size, SocketAddress remote) => SendStatus.NotAsBatch;

    public ReceiveStatus Receive(Span<byte> buffer, SocketAddress remote, bool wait, out int length, out int size, out int ecn)
    {
        length = 0;
        size = 0;
        ecn = 0;
        try
        {
            if (wait && !_closingEndsReceive && !WaitForDatagram())
            {
                return ReceiveStatus.Closed;
            }

            if (!wait && _socket.Available == 0)
            {
                return ReceiveStatus.None;
            }

            length = _socket.ReceiveFrom(buffer, SocketFlags.None, remote);
            size = length;
            return ReceiveStatus.Received;
        }
        catch (ObjectDisposedException)
        {
            return ReceiveStatus.Closed;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.ConnectionRefused or SocketError.ConnectionReset => ReceiveStatus.Refused,
                SocketError.Interrupted or SocketError.OperationAborted or SocketError.NotSocket => ReceiveStatus.Closed,
                SocketError.WouldBlock or SocketError.MessageSize => ReceiveStatus.None,
                _ => ReceiveStatus.Failed,
            };
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _socket.Dispose();
    }

    /// <returns>Whether there is one, or an error to receive; false once the socket is closed.</returns>
    private bool WaitForDatagram()
    {
        while (!_isClosed)
        {
            if (_socket.Poll(LongestWait, SelectMode.SelectRead))
            {
                return true;
            }
        }

        return false;
    }
}
