using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Protocol;

public class NetworkAddressTests
{
    [TestCase("localhost:0", "127.0.0.1:0")]
    [TestCase("LOCALHOST:80", "127.0.0.1:80")]
    [TestCase("127.0.0.1:65535", "127.0.0.1:65535")]
    [TestCase("[::1]:4000", "[::1]:4000")]
    [TestCase("0.0.0.0:1", "0.0.0.0:1")]
    [TestCase("localhost:", "127.0.0.1:0")]
    [TestCase(":0", "[::]:0")]
    public async Task Listens_where_go_would(string address, string expected)
    {
        IPEndPoint endPoint = await NetworkAddress.Parse(address).ListenAsync(static endPoint => endPoint, CancellationToken.None);
        Assert.That(endPoint.ToString(), Is.EqualTo(expected));
    }

    [TestCase(SocketError.AddressNotAvailable)]
    [TestCase(SocketError.AddressFamilyNotSupported)]
    public async Task Listens_at_the_other_address_of_localhost_where_the_machine_lacks_the_first(SocketError error)
    {
        IPEndPoint endPoint = await NetworkAddress.Parse("localhost:80").ListenAsync(
            endPoint => endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? endPoint : throw new SocketException((int)error),
            CancellationToken.None);
        Assert.That(endPoint.ToString(), Is.EqualTo("[::1]:80"));
    }

    [Test]
    public void Tries_no_other_address_where_the_port_is_in_use() => Assert.That(
        async () => await NetworkAddress.Parse("localhost:80").ListenAsync<int>(
            static endPoint => throw new SocketException((int)SocketError.AddressAlreadyInUse), CancellationToken.None),
        Throws.InstanceOf<IOException>().With.Message.Contains("cannot listen on localhost:80: the port is in use"));

    [TestCase("127.0.0.1:5", "127.0.0.1:5")]
    [TestCase("0.0.0.0:5", "127.0.0.1:5")]
    [TestCase("[::]:5", "[::1]:5")]
    [TestCase(":5", "Unspecified/localhost:5")]
    [TestCase("example.org:5", "Unspecified/example.org:5")]
    public void Dials_this_machine_where_no_host_is_named(string address, string expected)
    {
        Assert.That(NetworkAddress.Parse(address).ToDialed().ToString(), Is.EqualTo(expected));
    }

    [TestCase("", "missing port")]
    [TestCase("localhost", "missing port")]
    [TestCase("[::1]", "missing port")]
    [TestCase("::1:80", "too many colons")]
    [TestCase("[localhost]:80", "IPv6 address")]
    [TestCase("[::1:80", "IPv6 address")]
    [TestCase("localhost:http", "the port must be a number from 0 to 65535")]
    [TestCase("localhost:65536", "the port must be a number from 0 to 65535")]
    [TestCase("localhost:-1", "the port must be a number from 0 to 65535")]
    [TestCase("localhost: 1", "the port must be a number from 0 to 65535")]
    public void Says_what_is_wrong_with_an_address(string address, string expected)
    {
        Assert.That(
            () => NetworkAddress.Parse(address),
            Throws.TypeOf<FormatException>().With.Message.StartsWith($"address {address}: ").And.Message.Contains(expected));
    }
}
