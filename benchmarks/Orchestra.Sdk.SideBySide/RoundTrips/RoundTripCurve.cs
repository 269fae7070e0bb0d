using System.Globalization;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.SideBySide.Comparison;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.SideBySide.RoundTrips;

/// <summary>
/// What a connection carries over a link of 1 Gbit/s, by its round trip: the engine itself at both ends, in virtual time, so that it does not
/// matter how fast this machine is. Each figure beside what it would be with windows that do not grow.
/// </summary>
internal static class RoundTripCurve
{
    private const double BitsPerSecond = 1e9;
    private const double Loss = 0.01;
    private const long Second = 1_000_000;
    private const int ManyStreams = 16;
    private const long TransferSize = 100_000_000;

    // What a switch has at the least.
    private const double SmallestQueue = 256 * 1024;

    private static readonly int[] RoundTrips = [0, 1, 10, 50, 100];

    public static async Task RunAsync(string? docs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("side-by-side-");
        try
        {
            var store = new CertificateStore(folder.FullName);
            var peers = new RoundTripPeers(
                await store.EnsureCertificateAsync("tools.bench"), await store.EnsureCertificateAsync("orchestrator-to-tools.bench"));
            var page = new MeasuredPage(docs);
            page.Write("round-trips", Lossless(peers));
            page.Write("round-trips-with-loss", Lossy(peers));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Lossless(RoundTripPeers peers)
    {
        yield return "| round trip, ms | 1 stream, Mbit/s: fixed windows | growing | 16 streams, Mbit/s: fixed windows | growing | 100 MB from the dial, s: fixed windows | growing |";
        yield return "|---:|---:|---:|---:|---:|---:|---:|";
        foreach (int milliseconds in RoundTrips)
        {
            LinkProfile link = Link(milliseconds);
            string[] cells =
            [
                Rate(peers, link, streams: 1, grows: false), Rate(peers, link, streams: 1, grows: true),
                Rate(peers, link, ManyStreams, grows: false), Rate(peers, link, ManyStreams, grows: true),
                Duration(peers, link, grows: false), Duration(peers, link, grows: true),
            ];
            yield return Row(milliseconds, cells);
        }
    }

    private static IEnumerable<string> Lossy(RoundTripPeers peers)
    {
        yield return "| round trip, ms | theory, Mbit/s | 1 stream: fixed windows | growing | 16 streams: fixed windows | growing |";
        yield return "|---:|---:|---:|---:|---:|---:|";
        foreach (int milliseconds in RoundTrips)
        {
            LinkProfile link = Link(milliseconds) with { Loss = Loss };
            string[] cells =
            [
                Text(Theory(milliseconds / 1000.0)),
                Rate(peers, link, streams: 1, grows: false), Rate(peers, link, streams: 1, grows: true),
                Rate(peers, link, ManyStreams, grows: false), Rate(peers, link, ManyStreams, grows: true),
            ];
            yield return Row(milliseconds, cells);
        }
    }

    private static LinkProfile Link(int milliseconds)
    {
        var link = new LinkProfile { BitsPerSecond = BitsPerSecond, Delay = milliseconds * 1000 / 2 };
        return link with { QueueBytes = Math.Max(link.BandwidthDelayProduct, SmallestQueue) };
    }

    /// <summary>What is read in a while that begins when the start is over.</summary>
    private static string Rate(RoundTripPeers peers, LinkProfile link, int streams, bool grows)
    {
        long roundTrip = 2 * link.Delay;
        long duration = link.Loss > 0 ? Math.Max(2 * Second, 2000 * roundTrip) : Math.Max(Second, 50 * roundTrip);
        using var transfer = new BulkTransfer(link, peers.Client(grows), peers.Server(grows), streams);
        transfer.RunFor(Math.Max(Second, 40 * roundTrip));
        long before = transfer.Received;
        transfer.RunFor(duration);
        return Text((transfer.Received - before) * 8 * 1e6 / duration);
    }

    private static string Duration(RoundTripPeers peers, LinkProfile link, bool grows)
    {
        const long Step = 1000;
        using var transfer = new BulkTransfer(link, peers.Client(grows), peers.Server(grows), streams: 1);
        long start = transfer.Now;
        while (transfer.Received < TransferSize)
        {
            transfer.RunFor(Step);
        }

        return ((transfer.Now - start) / 1e6).ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>RFC 9438 §4.3 and §5.1: the larger of Reno's and CUBIC's average windows, each round trip.</summary>
    private static double Theory(double roundTrip)
    {
        double reno = Math.Sqrt(1.5 / Loss);
        double cubic = Math.Pow(0.4 * (3 + Cubic.Beta) / (4 * (1 - Cubic.Beta)), 0.25) * Math.Pow(roundTrip / Loss, 0.75);
        double window = Math.Max(reno, cubic) * ConnectionCore.BaseDatagramSize * 8;
        return Math.Min(window / roundTrip, BitsPerSecond);
    }

    private static string Row(int milliseconds, string[] cells) => $"| {milliseconds} | {string.Join(" | ", cells)} |";

    private static string Text(double bitsPerSecond)
    {
        double megabits = bitsPerSecond / 1e6;
        return megabits.ToString(megabits < 20 ? "0.0" : "0", CultureInfo.InvariantCulture);
    }
}
