using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

internal sealed class DatagramSocketTests
{
    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    [Test]
    public async Task Ends_a_receive_when_it_is_closed([Values] bool closingEndsReceive, [Values] bool isConnected)
    {
        using Socket peer = UdpSocket.Bind(Loopback);
        await EndsReceiveAsync(
            new DatagramSocket(
                isConnected ? UdpSocket.Connect((IPEndPoint)peer.LocalEndPoint!) : UdpSocket.Bind(Loopback), isConnected, closingEndsReceive),
            peer);
    }

    [Test]
    [Platform("Linux")]
    public async Task One_of_Linux_does_too([Values] bool isConnected)
    {
        using Socket peer = UdpSocket.Bind(Loopback);
        await EndsReceiveAsync(isConnected ? LinuxSocket.Connect((IPEndPoint)peer.LocalEndPoint!) : LinuxSocket.Bind(Loopback), peer);
    }

    private static async Task EndsReceiveAsync(IDatagramSocket socket, Socket peer)
    {
        var receiver = new DatagramReceiver(socket);
        Task<ReceiveStatus> receiving = Task.Factory.StartNew(receiver.Receive, TaskCreationOptions.LongRunning);
        peer.SendTo(new byte[1], socket.LocalEndPoint);
        Assert.That(await receiving.Guarded(), Is.EqualTo(ReceiveStatus.Received));

        Task closed = Task.Factory.StartNew(ReceiveUntilClosed, TaskCreationOptions.LongRunning);
        socket.Dispose();

        await closed.Guarded();

        void ReceiveUntilClosed()
        {
            while (receiver.Receive() != ReceiveStatus.Closed)
            {
            }
        }
    }
}
