using Orchestra.Quic.Connection;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>Handshake, calls and a transfer over networks of every quality, in virtual time.</summary>
[ReturnsBuffers]
internal sealed class LossTests
{
    private const int Seeds = 200;

    [Test]
    public void A_handshake_takes_one_round_trip_and_a_half_and_few_datagrams()
    {
        using var network = new SimulatedNetwork(1, new NetworkProfile());
        long start = network.Now;
        network.RunUntil(() => network.Client.State == ConnectionState.Connected && network.Server?.State == ConnectionState.Connected);
        Assert.That(network.Now - start, Is.LessThan(32_000));
        Assert.That(network.DatagramsSent, Is.LessThan(8));
    }

    [TestCase(0, 0, 0)]
    [TestCase(0.02, 0.02, 0.05)]
    [TestCase(0.10, 0.05, 0.10)]
    public void Calls_and_a_transfer_complete(double loss, double duplication, double reordering)
    {
        var profile = new NetworkProfile { Loss = loss, Duplication = duplication, Reordering = reordering };
        Parallel.For(0, Seeds, seed =>
        {
            using var network = new SimulatedNetwork(seed, profile);
            var calls = new SimulatedCalls(network);
            for (int i = 0; i < 100; i++)
            {
                calls.Add(200 + (i * 37 % 3000), seed + i);
            }

            calls.Add(4 * 1024 * 1024, seed);
            network.RunUntil(() => calls.Completed == 101, limit: 600_000_000);
        });
    }
}
