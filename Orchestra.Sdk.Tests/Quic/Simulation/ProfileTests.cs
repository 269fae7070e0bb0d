using System.Net;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>The networks that the QUIC interop runner tries, and worse, in virtual time.</summary>
[ReturnsBuffers]
internal sealed class ProfileTests
{
    private const long Second = 1_000_000;

    [TestCase(0.3, 0)]
    [TestCase(0, 0.3)]
    public void Handshakes_complete_where_three_datagrams_in_a_row_are_lost_or_changed(double loss, double corruption)
    {
        var profile = new NetworkProfile { Loss = loss, Corruption = corruption, Burst = 3 };
        Run(seeds: 50, profile, static network =>
        {
            var calls = new SimulatedCalls(network);
            calls.Add(1000, 1);
            network.RunUntil(() => calls.Completed == 1);
        });
    }

    [Test]
    public void A_transfer_survives_losses_and_changes_of_2_percent()
    {
        var profile = new NetworkProfile { Loss = 0.02, Corruption = 0.02, Burst = 3, Reordering = 0.1, Duplication = 0.05 };
        Run(seeds: 20, profile, static network => Transfer(network, 2 * 1024 * 1024));
    }

    [Test]
    public void A_transfer_survives_a_black_hole_for_two_seconds_in_seven()
    {
        var profile = new NetworkProfile { Drops = static (_, _, now) => now % (7 * Second) > 5 * Second, Delay = 15_000 };
        Run(seeds: 10, profile, static network =>
        {
            // Slow enough to last over several of them.
            var calls = new SimulatedCalls(network) { MaxConcurrent = 1 };
            for (int i = 0; i < 30; i++)
            {
                calls.Add(200_000, i);
            }

            network.RunUntil(() => calls.Completed == 30, limit: 600 * Second);
        });
    }

    [Test]
    public void A_handshake_completes_without_the_clients_packets_from_the_second_to_the_seventh()
    {
        // The server has sent all that an address not yet validated may get; the client must speak first.
        var profile = new NetworkProfile { Drops = static (toServer, index, _) => toServer && index is >= 2 and <= 7 };
        Run(seeds: 20, profile, static network => Transfer(network, 50_000));
    }

    [Test]
    public void Everything_may_arrive_twice_and_in_any_order()
    {
        var profile = new NetworkProfile { Duplication = 1, Reordering = 0.9 };
        Run(seeds: 10, profile, static network => Transfer(network, 500_000));
    }

    [Test]
    public void A_server_follows_a_client_whose_port_or_address_changes_again_and_again([Values] bool isPortOnly)
    {
        var profile = new NetworkProfile { Loss = 0.02, Reordering = 0.05 };
        Run(seeds: 10, profile, network =>
        {
            var calls = new SimulatedCalls(network);
            for (int i = 0; i < 6; i++)
            {
                calls.Add(300_000, i);
                network.RunUntil(() => calls.Completed == i + 1, limit: 120 * Second);
                Assert.That(network.Server!.RemoteAddress, Is.EqualTo(network.ClientAddress));

                // In between, and where nothing but the client's next packet tells it.
                network.ClientAddress = isPortOnly
                    ? new IPEndPoint(IPAddress.Loopback, 3000 + i).Serialize()
                    : new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + i)]), 1111).Serialize();
            }
        });
    }

    [Test]
    public void A_client_that_moves_during_a_transfer_is_followed()
    {
        var profile = new NetworkProfile { Loss = 0.01 };
        Run(seeds: 10, profile, static network =>
        {
            var calls = new SimulatedCalls(network);
            calls.Add(1_000_000, 1);
            network.RunFor(300_000);
            Assert.That(calls.Completed, Is.Zero);
            network.ClientAddress = new IPEndPoint(IPAddress.Loopback, 4444).Serialize();
            network.RunUntil(() => calls.Completed == 1);
        });
    }

    [Test]
    public void Keys_change_both_ways_while_packets_are_lost()
    {
        var profile = new NetworkProfile { Loss = 0.05, Reordering = 0.1, Duplication = 0.05 };
        Parallel.For(0, 20, seed =>
        {
            // Each side after 50 and 70 packets, so that the updates cross.
            using var network = new SimulatedNetwork(
                seed,
                profile,
                SimulatedPeers.Options(isServer: false, keyUpdateInterval: 50),
                SimulatedPeers.Options(isServer: true, keyUpdateInterval: 70));
            Transfer(network, 1_000_000);
        });
    }

    [Test]
    public void Streams_that_either_side_gives_up_are_forgotten_by_both() => Parallel.For(0, 20, static seed =>
    {
        var profile = new NetworkProfile { Loss = 0.05, Reordering = 0.2, Duplication = 0.1 };
        using var network = new SimulatedNetwork(
            seed, profile, SimulatedPeers.Patient(isServer: false), SimulatedPeers.Patient(isServer: true));
        var aborts = new SimulatedAborts(network, seed);
        network.RunUntil(() => aborts.AreAllForgotten, limit: 600 * Second);
    });

    [Test]
    public void Marks_of_routers_change_nothing()
    {
        var profile = new NetworkProfile { Mark = static index => index % 4, Loss = 0.02 };
        Run(seeds: 10, profile, static network => Transfer(network, 200_000));
    }

    /// <summary>Sends so many bytes and takes them back.</summary>
    private static void Transfer(SimulatedNetwork network, int size)
    {
        var calls = new SimulatedCalls(network);
        calls.Add(size, 1);
        network.RunUntil(() => calls.Completed == 1, limit: 300 * Second);
    }

    private static void Run(int seeds, NetworkProfile profile, Action<SimulatedNetwork> scenario) => Parallel.For(0, seeds, seed =>
    {
        // Handshakes that lose so much take longer than users would wait.
        using var network = new SimulatedNetwork(seed, profile, SimulatedPeers.Patient(isServer: false), SimulatedPeers.Patient(isServer: true));
        scenario(network);
    });
}
