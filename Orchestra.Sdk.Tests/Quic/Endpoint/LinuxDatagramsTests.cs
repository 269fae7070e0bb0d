using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

[Platform("Linux")]
public sealed class LinuxDatagramsTests
{
    private const int Size = 1200;

    [TestCase(true)]
    [TestCase(false)]
    public void Carries_datagrams_of_one_size_and_a_shorter_one_in_one_call(bool isConnected)
    {
        // First, so that it asks for joined datagrams.
        using var receiving = LinuxSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        IPEndPoint address = receiving.LocalEndPoint;
        using var sending = isConnected ? LinuxSocket.Connect(address) : LinuxSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        byte[] sent = new byte[(5 * Size) + 7];
        new Random(1).NextBytes(sent);

        var receiver = new DatagramReceiver(receiving);
        Assert.That(LinuxDatagrams.Send(sending.Handle, sent, Size, isConnected ? null : address.Serialize()), Is.EqualTo(SendStatus.Sent));

        var received = new List<byte[]>();
        while (received.Count < 6)
        {
            Assert.That(receiver.Receive(), Is.EqualTo(ReceiveStatus.Received));
            Assert.That(receiver.Remote, Is.EqualTo(sending.LocalEndPoint.Serialize()));
            while (receiver.TryTake(out Span<byte> datagram))
            {
                received.Add(datagram.ToArray());
            }
        }

        Assert.That(received.Select(static datagram => datagram.Length), Is.EqualTo(new[] { Size, Size, Size, Size, Size, 7 }));
        Assert.That(received.SelectMany(static datagram => datagram), Is.EqualTo(sent));
        Assert.That(receiver.TryReceive(), Is.EqualTo(ReceiveStatus.None));
    }

    [Test]
    public void Tells_the_ECN_bits([Values("127.0.0.1", "::1", "::ffff:127.0.0.1")] string to, [Values(0, 1, 2, 3)] int ecn)
    {
        IPAddress address = IPAddress.Parse(to);
        var any = new IPEndPoint(address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        using var receiving = LinuxSocket.Bind(any);
        var receiver = new DatagramReceiver(receiving);
        using var sending = new Socket(
            address.IsIPv4MappedToIPv6 ? AddressFamily.InterNetwork : address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        SocketOptionLevel level = sending.AddressFamily == AddressFamily.InterNetwork ? SocketOptionLevel.IP : SocketOptionLevel.IPv6;

        // IP_TOS and IPV6_TCLASS, with bits of other meaning beside them.
        sending.SetRawSocketOption((int)level, level == SocketOptionLevel.IP ? 1 : 67, [(byte)(0x20 | ecn), 0, 0, 0]);
        sending.SendTo(
            new byte[Size],
            new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, receiving.LocalEndPoint.Port));

        Assert.That(receiver.Receive(), Is.EqualTo(ReceiveStatus.Received));
        Assert.That(receiver.TryTake(out Span<byte> datagram));
        Assert.That(datagram.Length, Is.EqualTo(Size));
        Assert.That(receiver.Ecn, Is.EqualTo(ecn));
    }

    [Test]
    public void Says_that_it_cannot_send_them_as_a_batch()
    {
        using var sending = LinuxSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        // More datagrams than the kernel takes.
        Assert.That(
            LinuxDatagrams.Send(sending.Handle, new byte[60_000], size: 10, sending.LocalEndPoint.Serialize()),
            Is.EqualTo(SendStatus.NotAsBatch));
    }

    [TestCase(4, SendStatus.Interrupted, ReceiveStatus.None, TestName = "EINTR")]
    [TestCase(5, SendStatus.NotAsBatch, ReceiveStatus.Failed, TestName = "EIO")]
    [TestCase(9, SendStatus.Lost, ReceiveStatus.Closed, TestName = "EBADF")]
    [TestCase(11, SendStatus.Lost, ReceiveStatus.None, TestName = "EAGAIN")]
    [TestCase(12, SendStatus.Lost, ReceiveStatus.Failed, TestName = "ENOMEM")]
    [TestCase(90, SendStatus.NotAsBatch, ReceiveStatus.Failed, TestName = "EMSGSIZE")]
    [TestCase(100, SendStatus.Lost, ReceiveStatus.Failed, TestName = "ENETDOWN")]
    [TestCase(105, SendStatus.Lost, ReceiveStatus.Failed, TestName = "ENOBUFS")]
    [TestCase(111, SendStatus.Interrupted, ReceiveStatus.Refused, TestName = "ECONNREFUSED")]
    public void Tells_errors_apart(int code, object sending, object receiving)
    {
        Assert.That(LinuxDatagrams.ToSendStatus(code), Is.EqualTo(sending));
        Assert.That(LinuxDatagrams.ToReceiveStatus(code), Is.EqualTo(receiving));
    }

    [Test]
    public void Tells_of_a_closed_socket()
    {
        var socket = LinuxSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var receiver = new DatagramReceiver(socket);
        socket.Dispose();
        Assert.That(receiver.Receive(), Is.EqualTo(ReceiveStatus.Closed));
    }
}
