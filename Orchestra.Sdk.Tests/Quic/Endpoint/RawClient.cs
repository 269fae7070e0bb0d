using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Sends a listener datagrams of the test's own making.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public RawClient(IPEndPoint endPoint) => _socket.Connect(endPoint);

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Send(ReadOnlySpan<byte> datagram) => _socket.Send(datagram);

    public async Task<byte[]> ReceiveAsync()
    {
        byte[] buffer = new byte[2000];
        int length = await _socket.ReceiveAsync(buffer).Guarded();
        return buffer[..length];
    }

    public void Dispose() => _socket.Dispose();
}
