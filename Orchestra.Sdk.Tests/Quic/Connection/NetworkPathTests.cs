using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class NetworkPathTests
{
    private const long ProbeTimeout = 300;

    private readonly NetworkPath _path = new(new IPEndPoint(IPAddress.Loopback, 1111).Serialize());

    [Test]
    public void May_be_sent_three_times_what_came_from_it_until_it_is_validated()
    {
        // RFC 9000 §8.1.
        _path.OnReceived(1000);
        _path.OnSent(500);
        Assert.That(_path.Room, Is.EqualTo(2500));
        _path.IsValidated = true;
        Assert.That(_path.Room, Is.EqualTo(long.MaxValue));
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("::1", true)]
    [TestCase("192.0.2.1", false)]
    [TestCase("2001:db8::1", false)]
    public void Knows_whether_it_stays_within_this_machine(string address, bool isLoopback) =>
        Assert.That(new NetworkPath(new IPEndPoint(IPAddress.Parse(address), 1).Serialize()).IsLoopback, Is.EqualTo(isLoopback));

    [Test]
    public void Is_validated_by_the_answer_to_its_challenge()
    {
        _path.OnReceived(1200);
        _path.Challenge(now: 1000);
        byte[] data = WriteChallenge();
        Assert.That(_path.TryTakeResponse(new byte[8], now: 1100), Is.False);
        Assert.That(_path.TryTakeResponse(data, now: 1100));
        Assert.That((_path.IsValidated, _path.IsChallengeDue, _path.ChallengeDeadline(ProbeTimeout)), Is.EqualTo((true, false, Instant.Never)));
        Assert.That(_path.TryTakeResponse(data, now: 1200), Is.False);
    }

    [Test]
    public void Asks_once_more_where_the_challenge_was_not_of_full_size()
    {
        // RFC 9000 §8.2.1: whether full datagrams arrive is still to be seen.
        _path.OnReceived(100);
        _path.Challenge(now: 1000);
        Assert.That(_path.TryTakeResponse(WriteChallenge(), now: 1100));
        Assert.That((_path.IsValidated, _path.IsChallengeDue), Is.EqualTo((true, true)));
        Assert.That(_path.TryTakeResponse(WriteChallenge(), now: 1200));
        Assert.That(_path.IsChallengeDue, Is.False);
    }

    [Test]
    public void Is_asked_three_times_and_each_time_something_else()
    {
        _path.Challenge(now: 1000);
        byte[] first = WriteChallenge();
        Assert.That(_path.ChallengeDeadline(ProbeTimeout), Is.EqualTo(1300));
        Assert.That(_path.TryChallengeAgain(now: 1300));
        Assert.That(_path.ChallengeDeadline(ProbeTimeout), Is.EqualTo(1600));
        Assert.That(WriteChallenge(), Is.Not.EqualTo(first));
        Assert.That(_path.TryChallengeAgain(now: 1600));
        Assert.That(_path.TryChallengeAgain(now: 1900), Is.False);
        Assert.That((_path.IsChallengeDue, _path.ChallengeDeadline(ProbeTimeout)), Is.EqualTo((false, Instant.Never)));
    }

    [Test]
    public void Sends_a_lost_challenge_again_while_it_is_open()
    {
        _path.Challenge(now: 1000);
        byte[] data = WriteChallenge();
        _path.OnChallengeLost();
        Assert.That(_path.IsChallengeDue);
        Assert.That(WriteChallenge(), Is.EqualTo(data));
        _path.ClearChallenge();
        _path.OnChallengeLost();
        Assert.That(_path.IsChallengeDue, Is.False);
    }

    private byte[] WriteChallenge()
    {
        var writer = new SpanWriter(new byte[9]);
        Assert.That(_path.TryWriteChallenge(ref writer));
        Assert.That(_path.IsChallengeDue, Is.False);
        return writer.Written[1..].ToArray();
    }
}
