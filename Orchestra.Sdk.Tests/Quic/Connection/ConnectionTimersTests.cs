using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>A connection that begins at 1 s: 10 s for its handshake, 300 s without a word, a PING each 15 s.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConnectionTimersTests : ISentFrameSink
{
    private const long Start = 1_000_000;
    private const long KeepAlive = 15_000_000;

    // Without a sample, and without the delay of acknowledgments.
    private const long ProbeTimeout = 999_000;

    private readonly HandshakeStatus _handshake = new();
    private readonly PacketSpaces _spaces;
    private readonly PathManager _paths;
    private readonly ConnectionTimers _timers;

    public ConnectionTimersTests()
    {
        var sent = new SentSpaces();
        ConnectionOptions options = SimulatedPeers.Server();
        _spaces = new PacketSpaces(sent);
        _paths = new PathManager(new IPEndPoint(IPAddress.Loopback, 1111).Serialize(), _handshake, options);
        _paths.Current.IsValidated = true;
        _timers = new ConnectionTimers(options, _handshake, _spaces, _paths, new LossDetector(sent, this, _handshake, _paths.Estimates), Start);
    }

    [Test]
    public void End_a_handshake_and_nothing_else_after_ten_seconds()
    {
        Assert.That(_timers.Next, Is.EqualTo(Start + 10_000_000));
        _handshake.IsComplete = true;
        Assert.That(_timers.Next, Is.EqualTo(Start + KeepAlive));
    }

    [Test]
    public void Tell_when_a_ping_is_due_by_what_was_sent_last()
    {
        _handshake.IsComplete = true;
        _timers.OnReceived(Start + 5);
        _timers.OnSent(Start + 9, isAckEliciting: false);
        Assert.That(_timers.KeepAliveDeadline, Is.EqualTo(Start + 9 + KeepAlive));
        _timers.IsPingDue = true;
        Assert.That(_timers.KeepAliveDeadline, Is.EqualTo(Instant.Never));
    }

    [TestCase(0, 300_000_000)]
    [TestCase(100_000, 100_000_000, TestName = "The peer's is shorter")]
    [TestCase(400_000, 300_000_000, TestName = "The peer's is longer")]
    [TestCase(1, 3 * ProbeTimeout, TestName = "Never before three probes")]
    [TestCase(1L << 62, 300_000_000, TestName = "Longer than a clock can tell")]
    public void End_a_silent_connection_after_the_shorter_of_both_timeouts(long peerMilliseconds, long timeout)
    {
        // RFC 9000 §10.1.
        _timers.PeerIdleTimeout = peerMilliseconds;
        Assert.That(_timers.IdleDeadline, Is.EqualTo(Start + timeout));
    }

    [Test]
    public void Count_silence_from_what_came_and_from_the_first_that_was_sent_since()
    {
        // RFC 9000 §10.1: who only sends is not heard.
        long timeout = _timers.IdleDeadline - Start;
        _timers.OnReceived(2_000_000);
        _timers.OnSent(3_000_000, isAckEliciting: false);
        Assert.That(_timers.IdleDeadline, Is.EqualTo(2_000_000 + timeout));
        _timers.OnSent(4_000_000, isAckEliciting: true);
        _timers.OnSent(5_000_000, isAckEliciting: true);
        Assert.That(_timers.IdleDeadline, Is.EqualTo(4_000_000 + timeout));
    }

    [Test]
    public void Leave_a_failed_handshake_no_more_time_than_it_had()
    {
        Assert.That(_timers.CloseDeadline(Start), Is.EqualTo(Start + (3 * ProbeTimeout)));
        Assert.That(_timers.CloseDeadline(Start + 9_000_000), Is.EqualTo(Start + 10_000_000));
        Assert.That(_timers.CloseDeadline(Start + 11_000_000), Is.EqualTo(Start + 11_000_000));
        _handshake.IsConfirmed = true;
        Assert.That(_timers.CloseDeadline(Start + 9_000_000), Is.GreaterThan(Start + 11_000_000));
    }

    [Test]
    public void Tell_of_acknowledgments_and_the_pace()
    {
        _spaces.Application.Received.Add(0, isAckEliciting: true, ecn: 0, Start);
        Assert.That(_timers.Next, Is.EqualTo(Start + ReceivedPackets.MaxAckDelay));
        _timers.PaceTime = Start + 7;
        Assert.That(_timers.Next, Is.EqualTo(Start + 7));
    }

    [Test]
    public void Tell_of_no_acknowledgment_that_may_not_be_sent()
    {
        _paths.Current.IsValidated = false;
        _spaces.Initial.Received.Add(0, isAckEliciting: true, ecn: 0, Start);
        Assert.That(_timers.Next, Is.EqualTo(_timers.HandshakeDeadline));
    }

    [Test]
    public void Tell_of_an_answer_that_is_overdue()
    {
        _handshake.IsComplete = true;
        _paths.Current.Challenge(Start);
        Assert.That(_timers.Next, Is.EqualTo(Start + ProbeTimeout));
    }

    void ISentFrameSink.OnAcknowledged(PacketNumberSpace space, in SentFrame frame)
    {
    }

    void ISentFrameSink.OnLost(PacketNumberSpace space, in SentFrame frame)
    {
    }
}
