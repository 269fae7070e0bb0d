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
        bool isIPv4 = socket.AddressFamily == AddressFamily.InterNetwork;
        byte[] value = new byte[4];

        // IP_MTU_DISCOVER and IPV6_MTU_DISCOVER; 2 is IP_PMTUDISC_DO.
        socket.GetRawSocketOption(isIPv4 ? 0 : 41, isIPv4 ? 10 : 23, value);

        Assert.That(BitConverter.ToInt32(value), Is.EqualTo(2));
    }
}
