using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Connection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SpaceKeysTests : IDisposable
{
    private static readonly byte[] Header = [0x40, 1, 2, 3];

    private readonly SpaceKeys _ours = new(Create(1), Create(2));
    private readonly SpaceKeys _peers = new(Create(2), Create(1));

    public void Dispose()
    {
        _ours.Dispose();
        _peers.Dispose();
    }

    [Test]
    public void Each_direction_has_its_own()
    {
        Assert.That(CanRead(_ours.Write, _peers.Read));
        Assert.That(CanRead(_peers.Write, _ours.Read));
        Assert.That(CanRead(_ours.Write, _ours.Read), Is.False);
    }

    // RFC 9001 §4.9: keys that are not needed are discarded. What comes of them afterwards fits to no other side.
    [Test]
    public void Both_are_erased_when_they_are_disposed_of()
    {
        _ours.Dispose();
        Assert.That(CanRead(_ours.Write, _peers.Read), Is.False);
        Assert.That(CanRead(_peers.Write, _ours.Read), Is.False);
    }

    [Test]
    public void A_space_erases_those_that_it_replaces_and_those_that_it_discards()
    {
        var space = new PacketSpace(new SentSpace(PacketNumberSpace.Handshake), maxAckDelay: 0);
        using var next = new SpaceKeys(Create(1), Create(2));
        space.InstallKeys(_ours);
        Assert.That(CanRead(_ours.Write, _peers.Read));
        space.InstallKeys(next);
        Assert.That(CanRead(_ours.Write, _peers.Read), Is.False);
        Assert.That(CanRead(space.Keys!.Write, _peers.Read));
        space.DiscardKeys();
        Assert.That(CanRead(next.Write, _peers.Read), Is.False);
        Assert.That(space.Keys, Is.Null);
    }

    [TestCase(0x1301)]
    [TestCase(0x1302)]
    [TestCase(0x1303)]
    public void Are_erased_of_every_suite(int suite)
    {
        Assume.That(CipherSuites.Usable, Does.Contain((CipherSuite)suite), "this processor has no instructions for AES");
        byte[] secret = new byte[(CipherSuite)suite == CipherSuite.Aes256GcmSha384 ? 48 : 32];
        PacketKeys keys = PacketKeys.Create((CipherSuite)suite, secret);
        using PacketKeys other = PacketKeys.Create((CipherSuite)suite, secret);
        Assert.That(CanRead(keys, other));
        keys.Dispose();
        Assert.That(CanRead(keys, other), Is.False);
    }

    private static bool CanRead(PacketKeys writer, PacketKeys reader)
    {
        byte[] packet = [1, 2, 3, .. new byte[PacketKeys.TagLength]];
        writer.Encrypt(5, Header, packet);
        return reader.TryDecrypt(5, Header, packet);
    }

    private static PacketKeys Create(byte secret)
    {
        byte[] bytes = new byte[32];
        bytes.AsSpan().Fill(secret);
        return PacketKeys.Create(CipherSuite.ChaCha20Poly1305Sha256, bytes);
    }
}
