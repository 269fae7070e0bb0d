using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Sends a listener datagrams of the test's own making.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public RawClient(IPEndPoint endPoint) => _socket.Connect(endPoint);

    /// <summary>A packet of a version that nobody knows, which is always answered.</summary>
    public static byte[] UnknownVersion => [0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8, 1, 2, 3, 4, 5, 6, 7, 8, 3, 9, 8, 7, .. new byte[1200]];

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Send(ReadOnlySpan<byte> datagram) => _socket.Send(datagram);

    public async Task<byte[]> ReceiveAsync()
    {
        byte[] buffer = new byte[2000];
        int length = await _socket.ReceiveAsync(buffer).Guarded();
        return buffer[..length];
    }

    /// <summary>Receives so many datagrams.</summary>
    public async Task ReceiveAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await ReceiveAsync();
        }
    }

    /// <summary>Sends a packet of an unknown version. The answer to it shows that all that was sent before has been looked at.</summary>
    public async Task AskVersionsAsync()
    {
        Send(UnknownVersion);
        while (!PacketWriter.TryReadVersionNegotiation(await ReceiveAsync(), out _))
        {
            // An answer to something else.
        }
    }

    public void Dispose() => _socket.Dispose();
}
