using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Updates of keys, RFC 9001 §6. The peer's generations are made as it would make them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ApplicationKeysTests : IDisposable
{
    private const long ProbeTimeout = 100;

    private static readonly byte[] Header = [0x40, 1, 2, 3];

    private readonly ApplicationKeys _keys = new(Create(), Create());
    private readonly List<PacketKeys> _generations = [Create()];
    private long _nextWrite;

    public void Dispose()
    {
        _keys.Dispose();
        _generations.ForEach(static keys => keys.Dispose());
    }

    [Test]
    public void Follows_the_peers_update()
    {
        Assert.That(Receive(0, generation: 0));
        _nextWrite = 5;
        Assert.That(Receive(1, generation: 1));
        Assert.That((_keys.Phase, _keys.Used(7)), Is.EqualTo((true, 2)));
        Assert.That(Receive(2, generation: 1));
    }

    // §6.5: for three probe timeouts.
    [TestCase(299, true)]
    [TestCase(300, false)]
    public void Reads_what_is_late_with_the_old_keys_for_a_while(long later, bool isRead)
    {
        Receive(0, generation: 0);
        Receive(5, generation: 1, now: 1000);
        Assert.That(Receive(4, generation: 0, now: 1000 + later), Is.EqualTo(isRead));
    }

    // §6.4.
    [Test]
    public void The_peer_must_not_go_back_to_old_keys()
    {
        Receive(0, generation: 0);
        Receive(5, generation: 1);
        TransportException exception = Assert.Throws<TransportException>(() => Receive(6, generation: 0))!;
        Assert.That(exception.Code, Is.EqualTo(TransportErrorCode.KeyUpdateError));
    }

    // §6.1 and §6.2: not before it can know that we followed.
    [Test]
    public void The_peer_must_not_update_twice_before_it_heard_of_the_first()
    {
        Receive(1, generation: 1);
        Assert.That(() => Receive(2, generation: 2), Throws.TypeOf<TransportException>());
    }

    [Test]
    public void The_peer_may_update_again_when_it_was_acknowledged()
    {
        Receive(1, generation: 1);
        _keys.OnAckSent();
        Assert.That(Receive(2, generation: 2));
        Assert.That(_keys.Phase, Is.False);
    }

    // §6.1: the peer has acknowledged a packet of the present keys.
    [Test]
    public void We_update_when_the_last_one_is_through()
    {
        Assert.That((_keys.CanUpdate(-1), _keys.CanUpdate(0)), Is.EqualTo((false, true)));
        _keys.Update(nextWriteNumber: 10);
        Assert.That(_keys.Phase);
        Assert.That(_keys.CanUpdate(10), Is.False, "the peer has not followed");
        Assert.That(Receive(3, generation: 1));
        Assert.That((_keys.CanUpdate(9), _keys.CanUpdate(10)), Is.EqualTo((false, true)));
    }

    [Test]
    public void Reads_with_the_old_keys_until_the_peer_follows()
    {
        _keys.Update(nextWriteNumber: 10);
        Assert.That(Receive(0, generation: 0, now: 1_000_000));
        Assert.That(Receive(1, generation: 1, now: 1_000_000));
        Assert.That(Receive(2, generation: 1, now: 2_000_000));
    }

    // §6.2.
    [Test]
    public void Who_saw_our_new_keys_must_answer_with_new_ones()
    {
        _keys.Update(nextWriteNumber: 10);
        Receive(0, generation: 0);
        Assert.That(() => _keys.OnAcknowledged(9), Throws.Nothing);
        TransportException exception = Assert.Throws<TransportException>(() => _keys.OnAcknowledged(10))!;
        Assert.That(exception.Code, Is.EqualTo(TransportErrorCode.KeyUpdateError));
        Receive(1, generation: 1);
        Assert.That(() => _keys.OnAcknowledged(10), Throws.Nothing);
    }

    // §6.6: over all generations; and of the cipher no more than its own.
    [Test]
    public void Counts_what_is_not_authentic_over_all_generations()
    {
        Receive(0, generation: 0, isForged: true);
        Assert.That(_keys.IsIntegrityExhausted(2), Is.False);
        Receive(1, generation: 1);
        Receive(2, generation: 1, isForged: true);
        Assert.That((_keys.IsIntegrityExhausted(2), _keys.IsIntegrityExhausted(3)), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_forged_update_changes_nothing()
    {
        Assert.That(Receive(0, generation: 1, isForged: true), Is.False);
        Assert.That(_keys.Phase, Is.False);
        Assert.That(Receive(1, generation: 0));
    }

    [Test]
    public void Counts_what_a_key_encrypted_from_its_first_packet()
    {
        Assert.That((_keys.IsConfidentialityExhausted(99, limit: 100), _keys.IsConfidentialityExhausted(100, limit: 100)), Is.EqualTo((false, true)));
        _keys.Update(nextWriteNumber: 100);
        Assert.That((_keys.Used(100), _keys.IsConfidentialityExhausted(100, limit: 100)), Is.EqualTo((0, false)));
    }

    private bool Receive(long number, int generation, long now = 0, bool isForged = false)
    {
        while (_generations.Count <= generation)
        {
            _generations.Add(_generations[^1].Next());
        }

        byte[] packet = [1, 2, 3, .. new byte[PacketKeys.TagLength]];
        _generations[generation].Encrypt(number, Header, packet);
        packet[^1] ^= (byte)(isForged ? 1 : 0);
        return _keys.TryDecrypt(generation % 2 == 1, number, Header, packet, _nextWrite, ProbeTimeout, now);
    }

    private static PacketKeys Create() => PacketKeys.Create(CipherSuite.Aes128GcmSha256, new byte[32]);
}
