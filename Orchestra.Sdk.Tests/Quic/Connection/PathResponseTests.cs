using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Sdk.Tests.Quic.Connection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PathResponseTests
{
    private static readonly SocketAddress Away = new IPEndPoint(IPAddress.Loopback, 2222).Serialize();

    private readonly NetworkPath _path = new(new IPEndPoint(IPAddress.Loopback, 1111).Serialize());
    private readonly PathResponse _response = new();

    [Test]
    public void Is_only_to_the_last_challenge()
    {
        // CVE-2023-49295.
        for (byte i = 0; i < 100; i++)
        {
            Challenge(Away, [0, 0, 0, 0, 0, 0, 0, i]);
        }

        Assert.That((_response.Address, _response.Data[7]), Is.EqualTo((Away, (byte)99)));
        _response.OnSent();
        Assert.That(_response.Address, Is.Null);
    }

    [Test]
    public void Keeps_a_copy_of_an_address_and_the_path_s_own_where_it_is_that()
    {
        Challenge(Away, new byte[8]);
        Assert.That(_response.Address, Is.EqualTo(Away).And.Not.SameAs(Away));
        Challenge(NetworkPath.Copy(_path.Address), new byte[8]);
        Assert.That(_response.Address, Is.SameAs(_path.Address));
    }

    [TestCase(399, 0)]
    [TestCase(400, 1200)]
    public void Is_filled_up_only_for_who_showed_a_third_of_it(int received, int size)
    {
        // RFC 9000 §8.2.2.
        Challenge(Away, new byte[8], received);
        Assert.That(_response.Size, Is.EqualTo(size));
    }

    private void Challenge(SocketAddress from, byte[] data, int received = 1200) =>
        _response.OnChallenge(data, new ReceivedDatagram(new byte[received], from, ecn: 0, now: 0), _path);
}
