using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class KeyScheduleTests : IDisposable
{
    private static readonly byte[] Secret = new byte[32];

    private readonly HandshakeStatus _handshake = new();
    private readonly PacketSpaces _spaces = new(new SentSpaces());
    private readonly KeySchedule _keys;

    public KeyScheduleTests() => _keys = new KeySchedule(_spaces, _handshake, SimulatedPeers.Options(isServer: true, keyUpdateInterval: 100));

    public void Dispose() => _keys.Dispose();

    [Test]
    public void Makes_initial_keys_that_fit_to_those_of_the_other_side()
    {
        var other = new PacketSpaces(new SentSpaces());
        using var client = new KeySchedule(other, new HandshakeStatus(), SimulatedPeers.Client());
        ConnectionId id = ConnectionId.Random(8);
        _keys.InstallInitial(id);
        client.InstallInitial(id);
        byte[] packet = Encrypt(other.Initial.Keys!.Write);
        Assert.That(_keys.TryDecrypt(_spaces.Initial, packet, payloadStart: 1, number: 0, probeTimeout: 0, now: 0));
    }

    [Test]
    public void Gives_a_server_no_application_keys_to_read_with_before_it_knows_the_client()
    {
        // RFC 9001 §5.7.
        Install(EncryptionLevel.Application);
        Assert.That((_keys.ReadKeys(_spaces.Application), _keys.IsExpectingReadKeys(_spaces.Application)), Is.EqualTo(((PacketKeys?)null, true)));
        Assert.That(_spaces.Application.Keys, Is.Not.Null);
        _handshake.IsComplete = true;
        Assert.That(_keys.ReadKeys(_spaces.Application), Is.SameAs(_spaces.Application.Keys!.Read));
        Assert.That(_keys.IsExpectingReadKeys(_spaces.Application), Is.False);
    }

    [Test]
    public void Expects_handshake_keys_until_there_are_those_after_them()
    {
        Assert.That(_keys.IsExpectingReadKeys(_spaces.Handshake));
        Assert.That(_keys.IsExpectingReadKeys(_spaces.Initial), Is.False);
        Install(EncryptionLevel.Handshake);
        Assert.That(_handshake.HasHandshakeKeys);
        Install(EncryptionLevel.Application);
        Assert.That(_keys.IsExpectingReadKeys(_spaces.Handshake), Is.False);
    }

    [TestCase(false, 100, 99, false, TestName = "Not before the handshake is confirmed")]
    [TestCase(true, 99, 98, false, TestName = "Not before a hundred packets")]
    [TestCase(true, 100, -1, false, TestName = "Not before the peer acknowledged any of them")]
    [TestCase(true, 100, 99, true, TestName = "After a hundred packets")]
    public void Changes_its_keys(bool isConfirmed, long next, long acknowledged, bool changes)
    {
        Install(EncryptionLevel.Application);
        _handshake.IsConfirmed = isConfirmed;
        Sent(next, acknowledged);
        _keys.UpdateIfDue();
        Assert.That(_keys.Phase, Is.EqualTo(changes));
    }

    [Test]
    public void Changes_its_keys_once_for_each_time_that_somebody_asks()
    {
        Install(EncryptionLevel.Application);
        _handshake.IsConfirmed = true;
        Sent(next: 10, acknowledged: 9);
        _keys.RequestUpdate();
        _keys.UpdateIfDue();
        Assert.That(_keys.Phase);
        _keys.UpdateIfDue();
        Assert.That(_keys.Phase);
    }

    [Test]
    public void Gives_up_when_a_key_is_used_up()
    {
        Install(EncryptionLevel.Application);
        Sent(next: 1 << 23, acknowledged: -1);
        Assert.That(Assert.Throws<TransportException>(_keys.UpdateIfDue)!.Code, Is.EqualTo(TransportErrorCode.AeadLimitReached));
    }

    [Test]
    public void Leaves_nothing_when_it_is_over()
    {
        _keys.InstallInitial(ConnectionId.Random(8));
        Install(EncryptionLevel.Handshake);
        Install(EncryptionLevel.Application);
        _keys.Dispose();
        Assert.That(_spaces.All.ToArray().Select(static space => space.Keys), Is.All.Null);
        Assert.That(_keys.UpdateIfDue, Throws.Nothing);
    }

    private void Install(EncryptionLevel level) => _keys.Install(level, CipherSuite.Aes128GcmSha256, Secret, Secret);

    private void Sent(long next, long acknowledged)
    {
        _spaces.Application.Sent.NextNumber = next;
        _spaces.Application.Sent.LargestAcknowledged = acknowledged;
    }

    private static byte[] Encrypt(PacketKeys keys)
    {
        byte[] packet = new byte[1 + 10 + PacketKeys.TagLength];
        keys.Encrypt(0, packet.AsSpan(0, 1), packet.AsSpan(1));
        return packet;
    }
}
