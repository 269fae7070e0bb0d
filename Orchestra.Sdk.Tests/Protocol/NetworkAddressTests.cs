using System.Net;
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
        IPEndPoint endPoint = await NetworkAddress.Parse(address).ResolveForListeningAsync(CancellationToken.None);
        Assert.That(endPoint.ToString(), Is.EqualTo(expected));
    }

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
