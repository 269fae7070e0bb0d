using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

/// <summary>RFC 9002 §6.2. Before the first sample a timeout is 333 ms + 4 * 166.5 ms.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProbeTimerTests
{
    private const long Initial = 999_000;
    private const long AckDelay = 25_000;

    private readonly SentSpaces _spaces = new();
    private readonly HandshakeStatus _handshake = new();
    private readonly ProbeTimer _timer;

    public ProbeTimerTests() => _timer = new ProbeTimer(_spaces, _handshake, new RttEstimator());

    [Test]
    public void Counts_the_delay_of_acknowledgments_once_the_handshake_is_confirmed()
    {
        Assert.That(_timer.Period, Is.EqualTo(Initial));
        _handshake.IsConfirmed = true;
        Assert.That(_timer.Period, Is.EqualTo(Initial + AckDelay));
    }

    [Test]
    public void Does_not_run_while_nothing_is_awaited() => Assert.That(_timer.Next(out _), Is.EqualTo(Instant.Never));

    [TestCase(false, PacketNumberSpace.Initial)]
    [TestCase(true, PacketNumberSpace.Handshake)]
    public void Runs_for_a_client_whose_address_may_not_be_validated(bool hasHandshakeKeys, PacketNumberSpace expected)
    {
        // §6.2.2.1.
        _handshake.PeerMayAwaitValidation = true;
        _handshake.HasHandshakeKeys = hasHandshakeKeys;
        _timer.OnSent(1000);
        Assert.That((_timer.Next(out PacketNumberSpace space), space), Is.EqualTo((1000 + Initial, expected)));
    }

    [Test]
    public void Is_of_the_space_that_waits_longest()
    {
        Await(PacketNumberSpace.Initial, since: 3000);
        Await(PacketNumberSpace.Handshake, since: 2000);
        Assert.That((_timer.Next(out PacketNumberSpace space), space), Is.EqualTo((2000 + Initial, PacketNumberSpace.Handshake)));
    }

    [Test]
    public void Leaves_out_the_application_space_until_the_handshake_is_confirmed()
    {
        // §6.2.1: "An endpoint MUST NOT set its PTO timer for the Application Data packet number space until the handshake is confirmed."
        Await(PacketNumberSpace.Application, since: 2000);
        Assert.That(_timer.Next(out _), Is.EqualTo(Instant.Never));
        _handshake.IsConfirmed = true;
        Assert.That((_timer.Next(out PacketNumberSpace space), space), Is.EqualTo((2000 + Initial + AckDelay, PacketNumberSpace.Application)));
    }

    [Test]
    public void Doubles_each_time_until_the_peer_shows_itself()
    {
        Await(PacketNumberSpace.Initial, since: 0);
        _timer.Expire(PacketNumberSpace.Initial);
        Assert.That(_timer.Next(out _), Is.EqualTo(2 * Initial));
        _timer.Expire(PacketNumberSpace.Initial);
        Assert.That(_timer.Next(out _), Is.EqualTo(4 * Initial));
        _timer.ResetBackoff();
        Assert.That(_timer.Next(out _), Is.EqualTo(Initial));
    }

    [Test]
    public void Does_not_double_for_ever()
    {
        Await(PacketNumberSpace.Initial, since: 0);
        for (int i = 0; i < 100; i++)
        {
            _timer.Expire(PacketNumberSpace.Initial);
        }

        Assert.That(_timer.Next(out _), Is.EqualTo(Initial << 20));
    }

    [Test]
    public void Asks_its_own_space_for_probes_and_those_that_wait_too()
    {
        Await(PacketNumberSpace.Application, since: 0);
        _timer.Expire(PacketNumberSpace.Handshake);
        Assert.That(
            (_spaces[PacketNumberSpace.Initial].Probes, _spaces[PacketNumberSpace.Handshake].Probes, _spaces[PacketNumberSpace.Application].Probes),
            Is.EqualTo((0, 1, 2)));
    }

    private void Await(PacketNumberSpace space, long since)
    {
        _spaces[space].AckElicitingInFlight = 1;
        _spaces[space].LastAckElicitingTime = since;
    }
}
