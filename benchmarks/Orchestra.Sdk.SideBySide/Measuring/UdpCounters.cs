using System.Globalization;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>What Linux counts of all UDP sockets of the machine, which nothing else should use meanwhile.</summary>
internal static class UdpCounters
{
    /// <summary>Received so far; what the kernel joins for one receive counts as one.</summary>
    public static long DatagramsReceived()
    {
        // A line of names, then a line of values.
        string[] lines = [.. File.ReadLines("/proc/net/snmp").Where(static line => line.StartsWith("Udp:", StringComparison.Ordinal))];
        int column = Array.IndexOf(lines[0].Split(' '), "InDatagrams");
        return long.Parse(lines[1].Split(' ')[column], CultureInfo.InvariantCulture);
    }
}
