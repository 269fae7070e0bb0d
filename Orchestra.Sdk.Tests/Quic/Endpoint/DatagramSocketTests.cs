using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

internal sealed class DatagramSocketTests
{
    [Test]
    public async Task Ends_a_receive_when_it_is_closed([Values] bool closingEndsReceive, [Values] bool isConnected)
    {
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        using Socket peer = UdpSocket.Bind(loopback);
        var socket = new DatagramSocket(
            isConnected ? UdpSocket.Connect((IPEndPoint)peer.LocalEndPoint!) : UdpSocket.Bind(loopback), isConnected, closingEndsReceive);
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

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("::")]
    [Platform("Linux")]
    public void Never_lets_a_datagram_be_cut(string address)
    {
        using Socket socket = UdpSocket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));

        // IP_MTU_DISCOVER and IPV6_MTU_DISCOVER; 2 is IP_PMTUDISC_DO.
        Assert.That(Option(level: 0, name: 10), Is.EqualTo(2));
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Assert.That(Option(level: 41, name: 23), Is.EqualTo(2));
        }

        int Option(int level, int name)
        {
            byte[] value = new byte[4];
            socket.GetRawSocketOption(level, name, value);
            return BitConverter.ToInt32(value);
        }
    }
}
