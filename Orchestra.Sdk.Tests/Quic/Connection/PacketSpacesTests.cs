using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Connection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class PacketSpacesTests
{
    private readonly PacketSpaces _spaces = new(new SentSpaces());

    [TestCase(PacketNumberSpace.Initial, EncryptionLevel.Initial)]
    [TestCase(PacketNumberSpace.Handshake, EncryptionLevel.Handshake)]
    [TestCase(PacketNumberSpace.Application, EncryptionLevel.Application)]
    public void Each_has_its_level(PacketNumberSpace space, EncryptionLevel level)
    {
        Assert.That((_spaces[space].Id, _spaces[space].Level), Is.EqualTo((space, level)));
        Assert.That(_spaces[level], Is.SameAs(_spaces[space]));
    }

    [Test]
    public void Only_acknowledgments_of_the_application_space_wait()
    {
        _spaces.Application.Received.Add(0, isAckEliciting: true, ecn: 0, now: 100);
        Assert.That(_spaces.AckDeadline, Is.EqualTo(100 + ReceivedPackets.MaxAckDelay));
        _spaces.Handshake.Received.Add(0, isAckEliciting: true, ecn: 0, now: 200);
        Assert.That(_spaces.AckDeadline, Is.EqualTo(200));
    }

    [Test]
    public void Nothing_is_left_of_one_that_is_over([Values] PacketNumberSpace id)
    {
        PacketSpace space = _spaces[id];
        space.InstallKeys(Keys());
        space.Crypto.Send([1, 2, 3]);
        space.Received.Add(0, isAckEliciting: true, ecn: 0, now: 100);
        Assert.That(_spaces.HasPendingCrypto);
        space.Discard();
        Assert.That((space.Keys, _spaces.HasPendingCrypto, _spaces.AckDeadline), Is.EqualTo(((SpaceKeys?)null, false, Instant.Never)));
    }

    private static SpaceKeys Keys() => new(
        PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]), PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]));
}
