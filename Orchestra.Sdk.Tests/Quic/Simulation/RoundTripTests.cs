using Orchestra.Quic.Connection;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>Windows and buffers that grow by themselves carry what a link can, however long it is.</summary>
[ReturnsBuffers]
internal sealed class RoundTripTests
{
    private const long Second = 1_000_000;
    private const double BitsPerSecond = 2e8;

    [Test]
    public void A_link_of_a_long_round_trip_is_filled([Values(1, 16)] int streams)
    {
        // In a tenth of a second it brings 2.5 MB: more than a stream, or what is kept of it, has at first.
        var link = new LinkProfile { BitsPerSecond = BitsPerSecond, Delay = 50_000 };
        ConnectionOptions client = SimulatedPeers.Client();
        ConnectionOptions server = SimulatedPeers.Server();
        using (var transfer = new BulkTransfer(link with { QueueBytes = link.BandwidthDelayProduct }, client, server, streams))
        {
            transfer.RunFor(2 * Second);
            long before = transfer.Received;
            transfer.RunFor(2 * Second);
            Assert.That((transfer.Received - before) * 8 / 2, Is.GreaterThan(0.9 * BitsPerSecond));
            Assert.That((client.Streams.Growth.Taken, server.Streams.Growth.Taken), Is.Not.EqualTo((0, 0)));
        }

        Assert.That((client.Streams.Growth.Taken, server.Streams.Growth.Taken), Is.EqualTo((0, 0)));
    }
}
