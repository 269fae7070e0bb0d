using System.Globalization;
using System.Net;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

[Platform("Linux")]
internal sealed class LinuxSliceTests
{
    private const string Slice = "se.slice";

    // No other test listens there, and a thread's name is cut after it.
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.77");

    [Test]
    public async Task The_thread_that_receives_has_a_short_one()
    {
        if (SliceOf("/proc/thread-self") is not { } usual)
        {
            Assert.Ignore("Only Linux 6.12 and later have slices of their own for threads, and tell them.");
            return;
        }

        await using QuicListener listener = await EndpointPair.ListenAsync(
            change: static options => options with { ListenEndPoint = new IPEndPoint(Address, 0) });

        // Set by the thread itself when it begins.
        Assert.That(
            () => Directory.GetDirectories("/proc/self/task").Where(IsReceiving).Select(SliceOf), Is.EqualTo(new long?[] { 100_000 }).After(10_000, 10));
        Assert.That(SliceOf("/proc/thread-self"), Is.EqualTo(usual), "and no other thread");
    }

    private static bool IsReceiving(string thread) =>
        ReadLines(Path.Combine(thread, "comm")).SequenceEqual([$"QUIC {Address}"]);

    /// <summary>In nanoseconds; null where the system does not tell.</summary>
    private static long? SliceOf(string thread)
    {
        foreach (string line in ReadLines(Path.Combine(thread, "sched")))
        {
            if (line.StartsWith(Slice, StringComparison.Ordinal))
            {
                return long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>None where there is no such file, or its thread has just ended.</summary>
    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
