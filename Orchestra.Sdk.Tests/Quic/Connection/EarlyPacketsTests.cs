using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EarlyPacketsTests : IDisposable
{
    private readonly HandshakeStatus _handshake = new();
    private readonly PacketSpaces _spaces = new(new SentSpaces());
    private readonly KeySchedule _keys;
    private readonly EarlyPackets _early;

    public EarlyPacketsTests()
    {
        _keys = new KeySchedule(_spaces, _handshake, SimulatedPeers.Server());
        _early = new EarlyPackets(_keys);
    }

    public void Dispose() => _keys.Dispose();

    [Test]
    public void Wait_for_their_keys_and_are_taken_in_their_order()
    {
        _early.Keep(_spaces.Application, [1]);
        _early.Keep(_spaces.Handshake, [2]);
        _early.Keep(_spaces.Handshake, [3]);
        Assert.That(Take(), Is.Empty);
        _keys.Install(EncryptionLevel.Handshake, CipherSuite.Aes128GcmSha256, new byte[32], new byte[32]);
        Assert.That(Take(), Is.EqualTo(new byte[] { 2, 3 }));
        _keys.Install(EncryptionLevel.Application, CipherSuite.Aes128GcmSha256, new byte[32], new byte[32]);
        _handshake.IsComplete = true;
        Assert.That(Take(), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void Are_ten_of_2400_bytes_at_most()
    {
        _early.Keep(_spaces.Handshake, new byte[2401]);
        for (byte i = 0; i < 20; i++)
        {
            _early.Keep(_spaces.Handshake, [i]);
        }

        _keys.Install(EncryptionLevel.Handshake, CipherSuite.Aes128GcmSha256, new byte[32], new byte[32]);
        Assert.That(Take(), Is.EqualTo(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
    }

    [Test]
    public void Are_kept_only_where_keys_may_still_come()
    {
        _early.Keep(_spaces.Initial, [1]);
        _keys.InstallInitial(Orchestra.Quic.Wire.ConnectionId.Random(8));
        Assert.That(Take(), Is.Empty);
    }

    [Test]
    public void Are_dropped_with_the_connection()
    {
        _early.Keep(_spaces.Handshake, [1]);
        _early.Clear();
        _keys.Install(EncryptionLevel.Handshake, CipherSuite.Aes128GcmSha256, new byte[32], new byte[32]);
        Assert.That(Take(), Is.Empty);
    }

    private List<byte> Take()
    {
        var first = new List<byte>();
        while (_early.TryTake(out byte[]? packet))
        {
            first.Add(packet[0]);
        }

        return first;
    }
}
