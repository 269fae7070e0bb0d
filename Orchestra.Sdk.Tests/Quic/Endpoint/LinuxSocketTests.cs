using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

[Platform("Linux")]
public sealed class LinuxSocketTests
{
    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("::")]
    public void Never_lets_a_datagram_be_cut(string address)
    {
        using var socket = LinuxSocket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));

        // IP_MTU_DISCOVER and IPV6_MTU_DISCOVER; 2 is IP_PMTUDISC_DO.
        Assert.That(Option(socket, level: 0, name: 10), Is.EqualTo(2));
        if (socket.LocalEndPoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Assert.That(Option(socket, level: 41, name: 23), Is.EqualTo(2));
        }
    }

    // IPV6_V6ONLY.
    [TestCase("::", 0)]
    [TestCase("::1", 1)]
    public void Takes_both_families_where_the_address_is_any(string address, int isOnlyNewer)
    {
        using var socket = LinuxSocket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        Assert.That(Option(socket, level: 41, name: 26), Is.EqualTo(isOnlyNewer));
    }

    [Test]
    public void Knows_its_address()
    {
        using var bound = LinuxSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.That((bound.LocalEndPoint.Address, bound.LocalEndPoint.Port > 0), Is.EqualTo((IPAddress.Loopback, true)));
        using var connected = LinuxSocket.Connect(bound.LocalEndPoint);
        Assert.That(connected.LocalEndPoint.Address, Is.EqualTo(IPAddress.Loopback));
    }

    [Test]
    public void Says_why_it_cannot_be()
    {
        using var first = LinuxSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.That(() => LinuxSocket.Bind(first.LocalEndPoint), Fails(SocketError.AddressAlreadyInUse));
        Assert.That(() => LinuxSocket.Bind(IPEndPoint.Parse("192.0.2.1:0")), Fails(SocketError.AddressNotAvailable));
    }

    private static NUnit.Framework.Constraints.EqualConstraint<SocketError> Fails(SocketError code) =>
        Throws.TypeOf<SocketException>().With.Property(nameof(SocketException.SocketErrorCode)).EqualTo(code);

    private static int Option(LinuxSocket socket, int level, int name)
    {
        int length = sizeof(int);
        Assert.That(GetOption(socket.Handle, level, name, out int value, ref length), Is.Zero);
        return value;
    }

    [DllImport("libc", EntryPoint = "getsockopt")]
    private static extern int GetOption(SafeHandle socket, int level, int name, out int value, ref int length);
}
