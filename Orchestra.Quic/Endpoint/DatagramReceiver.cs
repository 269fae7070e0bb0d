using System.Net;

namespace Orchestra.Quic.Endpoint;

/// <summary>Receives datagrams, for one thread. Several of one sender may come at once.</summary>
internal sealed class DatagramReceiver(IDatagramSocket socket)
{
    private const int MaxReceived = 65_535;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(MaxReceived);
    private int _start;
    private int _end;
    private int _size;
    private int _ecn;

    /// <summary>Where the last datagrams came from; the next receive changes it.</summary>
    public SocketAddress Remote { get; } = new(socket.LocalEndPoint.AddressFamily);

    /// <summary>The ECN bits of the last datagrams; 0 where the system does not tell them.</summary>
    public int Ecn => _ecn;

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
        return socket.Receive(_buffer, Remote, wait, out _end, out _size, out _ecn);
    }
}
