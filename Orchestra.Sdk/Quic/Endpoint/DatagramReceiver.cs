using System.Net;
using System.Net.Sockets;

namespace Orchestra.Sdk.Quic.Endpoint;

/// <summary>What came of waiting for a datagram.</summary>
internal enum ReceiveStatus
{
    Received,

    /// <summary>The peer's machine says that nobody listens there.</summary>
    Refused,

    /// <summary>Nothing is there.</summary>
    None,

    /// <summary>The socket is closed.</summary>
    Closed,
}

/// <summary>Receives datagrams, for one thread.</summary>
internal sealed class DatagramReceiver(Socket socket)
{
    private const int MaxDatagramSize = 65_535;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(MaxDatagramSize);
    private int _length;

    /// <summary>The last datagram.</summary>
    public Span<byte> Datagram => _buffer.AsSpan(0, _length);

    /// <summary>Where it came from; the next receive changes it.</summary>
    public SocketAddress Remote { get; } = new(socket.AddressFamily);

    /// <summary>Waits for a datagram.</summary>
    public ReceiveStatus Receive()
    {
        try
        {
            _length = socket.ReceiveFrom(_buffer, SocketFlags.None, Remote);
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
                _ => ReceiveStatus.None,
            };
        }
    }

    /// <summary>Takes a datagram if one is already there.</summary>
    public ReceiveStatus TryReceive()
    {
        try
        {
            return socket.Available > 0 ? Receive() : ReceiveStatus.None;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return ReceiveStatus.None;
        }
    }
}
