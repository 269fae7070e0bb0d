using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SentSpaceTests
{
    private readonly SentSpace _space = new(PacketNumberSpace.Application);

    [Test]
    public void Offers_a_probe_the_oldest_packet_that_none_was_offered_yet()
    {
        Send(packets: 3);
        _space.RequestProbes();
        Assert.That(Offer(3), Is.EqualTo(new long?[] { 0, 1, 2 }));
    }

    [Test]
    public void Offers_all_again_only_when_all_were_offered()
    {
        Send(packets: 2);
        _space.RequestProbes();
        Assert.That(Offer(3), Is.EqualTo(new long?[] { 0, 1, 0 }));
    }

    [Test]
    public void Offers_no_probe_what_was_sent_since_it_was_asked_for()
    {
        Send(packets: 1);
        _space.RequestProbes();
        Send(packets: 2);
        Assert.That(Offer(2), Is.EqualTo(new long?[] { 0, 0 }));
    }

    [Test]
    public void Offers_neither_acknowledgments_nor_size_probes()
    {
        Send(packets: 3);
        _space.Packets[0]!.IsAckEliciting = false;
        _space.Packets[1]!.IsSizeProbe = true;
        _space.RequestProbes();
        Assert.That(Offer(1), Is.EqualTo(new long?[] { 2 }));
    }

    [Test]
    public void Offers_nothing_where_nothing_is_outstanding()
    {
        _space.RequestProbes();
        Assert.That(Offer(1), Is.EqualTo(new long?[] { null }));
    }

    [TestCase(0, 1, TestName = "One probe where nothing is in flight")]
    [TestCase(3, 2, TestName = "Two probes where something is")]
    public void Asks_for_probes(int inFlight, int probes)
    {
        _space.AckElicitingInFlight = inFlight;
        _space.RequestProbes();
        Assert.That(_space.Probes, Is.EqualTo(probes));
    }

    [Test]
    public void Leaves_out_a_number_in_every_512_at_least_and_no_two_in_a_row()
    {
        long last = -1;
        for (int i = 0; i < 10_000; i++)
        {
            long before = _space.NextNumber;
            _space.SkipNumber();
            if (_space.NextNumber != before)
            {
                Assert.That((_space.SkippedNumber, _space.NextNumber), Is.EqualTo((before, before + 1)));
                Assert.That(before - last, Is.InRange(16, 513));
                last = before;
            }

            _space.NextNumber++;
        }

        Assert.That(_space.NextNumber - last, Is.LessThan(514));
    }

    [Test]
    public void Waits_for_nothing_when_its_timers_are_stopped()
    {
        _space.LossTime = 5;
        _space.RequestProbes();
        _space.StopTimers();
        Assert.That((_space.LossTime, _space.Probes), Is.EqualTo((Instant.Never, 0)));
    }

    private void Send(int packets)
    {
        for (int i = 0; i < packets; i++)
        {
            SentPacket packet = SentPacket.Rent();
            packet.Number = _space.NextNumber++;
            packet.IsAckEliciting = true;
            _space.Packets.Add(packet);
        }
    }

    private List<long?> Offer(int times)
    {
        var numbers = new List<long?>();
        for (int i = 0; i < times; i++)
        {
            numbers.Add(_space.TakeProbeCandidate()?.Number);
        }

        return numbers;
    }
}
