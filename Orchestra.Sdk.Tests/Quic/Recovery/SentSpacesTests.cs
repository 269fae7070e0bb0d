using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SentSpacesTests
{
    private readonly SentSpaces _spaces = new();

    [Test]
    public void Finds_each_by_its_name([Values] PacketNumberSpace space) => Assert.That(_spaces[space].Id, Is.EqualTo(space));

    [Test]
    public void Finds_the_first_loss_of_all()
    {
        Assert.That(_spaces.FirstLoss.LossTime, Is.EqualTo(Instant.Never));
        _spaces[PacketNumberSpace.Application].LossTime = 7;
        _spaces[PacketNumberSpace.Handshake].LossTime = 5;
        Assert.That(_spaces.FirstLoss.Id, Is.EqualTo(PacketNumberSpace.Handshake));
    }

    [Test]
    public void Finds_the_oldest_packet_of_all()
    {
        Assert.That(_spaces.OldestOutstanding, Is.EqualTo(long.MaxValue));
        Add(PacketNumberSpace.Application, order: 4);
        Add(PacketNumberSpace.Initial, order: 9);
        Assert.That(_spaces.OldestOutstanding, Is.EqualTo(4));
    }

    [Test]
    public void Knows_whether_an_acknowledgment_is_awaited_in_any([Values] PacketNumberSpace space)
    {
        Assert.That(_spaces.HasAckElicitingInFlight, Is.False);
        _spaces[space].AckElicitingInFlight = 1;
        Assert.That(_spaces.HasAckElicitingInFlight);
    }

    private void Add(PacketNumberSpace space, long order)
    {
        SentPacket packet = SentPacket.Rent();
        packet.Number = 0;
        packet.Order = order;
        _spaces[space].Packets.Add(packet);
    }
}
