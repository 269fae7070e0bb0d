using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>Larger datagrams where the path carries them, RFC 9000 §14.4.</summary>
[ReturnsBuffers]
internal sealed class SizeProbeTests
{
    private const int Base = ConnectionCore.BaseDatagramSize;
    private const int Large = 4000;
    private const int Bytes = 1_000_000;

    // A packet that is overtaken may be taken for lost, and with a small window no probe is sent.
    private static readonly NetworkProfile InOrder = new() { Jitter = 0 };

    [Test]
    public void A_transfer_grows_its_datagrams_in_both_directions()
    {
        using SimulatedNetwork network = Network(new NetworkProfile { Loss = 0.01, Reordering = 0.02 });

        Transfer(network);

        Assert.That((network.Client.DatagramSize, network.Server!.DatagramSize), Is.EqualTo((Large, Large)));
    }

    [Test]
    public void Datagrams_grow_to_the_smaller_of_both_limits()
    {
        using var network = new SimulatedNetwork(
            1, InOrder, Options(isServer: false, ConnectionCore.LargestDatagramSize), Options(isServer: true, Large));

        Transfer(network);

        Assert.That(
            (network.Client.DatagramSize, network.Server!.DatagramSize), Is.EqualTo((ConnectionCore.LargestDatagramSize, Large)));
    }

    [Test]
    public void Small_calls_try_nothing()
    {
        using SimulatedNetwork network = Network(InOrder);
        List<int> sizes = Record(network, carried: int.MaxValue);
        var calls = new SimulatedCalls(network);
        for (int i = 0; i < 100; i++)
        {
            calls.Add(500, i);
        }

        calls.MaxConcurrent = 1;
        network.RunUntil(() => calls.Completed == 100);

        Assert.That(sizes.Max(), Is.EqualTo(Base));
    }

    [Test]
    public void A_path_that_carries_no_larger_ones_is_tried_three_times()
    {
        using SimulatedNetwork network = Network(InOrder);
        List<int> sizes = Record(network, carried: Base);

        Transfer(network);

        // By each side.
        Assert.That(sizes.Where(static size => size > Base), Is.EqualTo(Enumerable.Repeat(Large, 6)));
        Assert.That((network.Client.DatagramSize, network.Server!.DatagramSize), Is.EqualTo((Base, Base)));
    }

    [Test]
    public void Another_path_begins_with_the_size_that_all_carry_and_only_this_machine_is_tried()
    {
        using SimulatedNetwork network = Network(InOrder);
        Transfer(network);
        Assert.That(network.Server!.DatagramSize, Is.EqualTo(Large));

        network.ClientAddress = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1111).Serialize();
        Transfer(network);
        Assert.That(network.Server.DatagramSize, Is.EqualTo(Base));

        network.ClientAddress = new IPEndPoint(IPAddress.IPv6Loopback, 1111).Serialize();
        Transfer(network);
        Assert.That(network.Server.DatagramSize, Is.EqualTo(Large));
    }

    private static SimulatedNetwork Network(NetworkProfile profile, int largest = Large) =>
        new(1, profile, Options(isServer: false, largest), Options(isServer: true, largest));

    private static ConnectionOptions Options(bool isServer, int largest) => SimulatedPeers.Options(isServer, maxDatagramSize: largest);

    /// <summary>Notes the size of every datagram, and drops those that the path does not carry.</summary>
    private static List<int> Record(SimulatedNetwork network, int carried)
    {
        var sizes = new List<int>();
        network.Tamper = (_, bytes) =>
        {
            sizes.Add(bytes.Length);
            return bytes.Length <= carried ? bytes : null;
        };
        return sizes;
    }

    /// <summary>Sends bytes and takes them back.</summary>
    private static void Transfer(SimulatedNetwork network)
    {
        var calls = new SimulatedCalls(network);
        calls.Add(Bytes, 1);
        network.RunUntil(() => calls.Completed == 1);
    }
}
