using System.Net;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

public sealed class HandshakeSharesTests
{
    private static readonly IPAddress Greedy = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("2001:db8::1");

    [Test]
    public void Leaves_places_for_other_addresses()
    {
        var shares = new HandshakeShares(limit: 2);
        Assert.That(shares.TryAdd(Greedy) && shares.TryAdd(Greedy));

        Assert.That(shares.TryAdd(Greedy), Is.False);
        Assert.That(shares.TryAdd(Other));
        shares.Remove(Greedy);
        Assert.That(shares.TryAdd(Greedy));
    }

    [Test]
    public void Does_not_count_this_machine()
    {
        var shares = new HandshakeShares(limit: 0);
        Assert.That(shares.TryAdd(IPAddress.Loopback) && shares.TryAdd(IPAddress.IPv6Loopback));
        shares.Remove(IPAddress.Loopback);
    }
}
