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

/// <summary>Receives datagrams, for one thread. Several of one sender may come at once.</summary>
internal sealed class DatagramReceiver
{
    private const int MaxReceived = 65_535;

    private readonly Socket _socket;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(MaxReceived);
    private int _start;
    private int _end;
    private int _size;

    public DatagramReceiver(Socket socket)
    {
        _socket = socket;
        Remote = new SocketAddress(socket.AddressFamily);
        if (LinuxDatagrams.IsSupported)
        {
            LinuxDatagrams.EnableReceiving(socket);
        }
    }

    /// <summary>Where the last datagrams came from; the next receive changes it.</summary>
    public SocketAddress Remote { get; }

    /// <summary>The ECN bits of the last datagrams; 0 where the system does not tell them.</summary>
    public int Ecn { get; private set; }

    /// <summary>Waits for datagrams.</summary>
    public ReceiveStatus Receive() => Receive(wait: true);

    /// <summary>Receives datagrams that are already there.</summary>
    public ReceiveStatus TryReceive() => Receive(wait: false);

    /// <summary>Takes the next one of those that came at once.</summary>
    public bool TryTake(out Span<byte> datagram)
    {
        int length = Math.Min(_size, _end - _start);
        datagram = _buffer.AsSpan(_start, length);
        _start += length;
        return length > 0;
    }

    private ReceiveStatus Receive(bool wait)
    {
        _start = 0;
        _end = 0;
        try
        {
            if (LinuxDatagrams.IsSupported)
            {
                ReceiveStatus status = LinuxDatagrams.Receive(_socket, _buffer, Remote, wait, out _end, out _size, out int ecn);
                Ecn = ecn;
                return status;
            }

            if (!wait && _socket.Available == 0)
            {
                return ReceiveStatus.None;
            }

            _end = _socket.ReceiveFrom(_buffer, SocketFlags.None, Remote);
            _size = _end;
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
}
